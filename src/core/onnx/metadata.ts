import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { inputError } from '#core/errors.ts';

/** The metadata pairs of an ONNX file; throws an input error where the bytes are no ONNX model. */
export function readMetadata(bytes: Uint8Array): ReadonlyMap<string, string> {
  try {
    const model = fromBinary(ModelProtoSchema, bytes);
    if (model.graph === undefined) throw new Error('no graph');
    return new Map(model.metadataProps.map(({ key, value }) => [key, value]));
  } catch {
    throw inputError(
      'not_onnx',
      'The model file is not a readable ONNX model.',
      'Give the model.onnx that a Terrarium run wrote.',
    );
  }
}
