import { inputError } from '#core/errors.ts';
import { messageParts } from './message-parts.ts';

/** Field numbers of onnx.proto. */
const MODEL = { graph: 7, metadata: 14 } as const;
const ENTRY = { key: 1, value: 2 } as const;

/** The metadata pairs of an ONNX file; throws an input error where the bytes are no ONNX model. */
export function readMetadata(bytes: Uint8Array): ReadonlyMap<string, string> {
  try {
    const [graph] = messageParts(bytes, MODEL.graph);
    if (graph === undefined) throw new Error('no graph');
    const entries = [...messageParts(bytes, MODEL.metadata)];
    return new Map(
      entries.map((entry) => [textOf(entry, ENTRY.key), textOf(entry, ENTRY.value)] as const),
    );
  } catch {
    throw inputError(
      'not_onnx',
      'The model file is not a readable ONNX model.',
      'Give the model.onnx that a Terrarium run wrote.',
    );
  }
}

function textOf(message: Uint8Array, field: number): string {
  const [text] = messageParts(message, field);
  return text === undefined ? '' : new TextDecoder().decode(text);
}
