import { TensorProto_DataType as DataType, type GraphProto, type ValueInfoProto } from 'onnx-buf';
import { MOST_SIDE } from '#core/images/preprocessing.ts';
import type { ExtractorInput } from './extractor.ts';
import { refuseExtractor, shown } from './refuse-extractor.ts';

/** A number and not the library's enumeration: a file may name an element type that no enumeration knows. */
const FLOAT: number = DataType.FLOAT;
const EXPORT = 'Export it for float32 images [N, 3, height, width] or [N, height, width, 3].';

/**
 * The one input of a network for images.
 * @returns how it takes them, and whether it says that it takes one at a time
 * @throws TerrariumError `bad_extractor`
 */
export function imageInput(
  graph: GraphProto,
  file: string,
): { readonly input: ExtractorInput; readonly isForOne: boolean } {
  // Before version 4 of the format constants stood among the inputs too.
  const constants = new Set(graph.initializer.map(({ name }) => name));
  const inputs = graph.input.filter(({ name }) => !constants.has(name));
  const [only] = inputs;
  if (only === undefined || inputs.length > 1) {
    const names = inputs.map(({ name }) => shown(name)).join(', ');
    throw refuseExtractor(
      file,
      only === undefined
        ? 'has no input'
        : `has ${inputs.length} inputs, ${names}, and one is taken`,
      'Give a network that takes images and nothing else.',
    );
  }
  const sizes = sizesOf(only, file);
  const [batch, ...others] = sizes;
  const at = others[0] === 3 ? 0 : others[2] === 3 ? 2 : -1;
  if (sizes.length !== 4 || at < 0) {
    throw refuseExtractor(
      file,
      `takes [${sizes.map((size) => size ?? 'any').join(', ')}], which are no images in three colours`,
      EXPORT,
    );
  }
  if (typeof batch === 'number' && batch !== 1) {
    throw refuseExtractor(
      file,
      `takes just ${batch} images at a time`,
      'Export it with a first dimension that may vary.',
    );
  }
  const [height = null, width = null] = at === 0 ? others.slice(1) : others;
  if (Math.max(height ?? 1, width ?? 1) > MOST_SIDE || Math.min(height ?? 1, width ?? 1) < 1) {
    throw refuseExtractor(
      file,
      `takes images of ${height ?? 'any'} × ${width ?? 'any'} pixels, and at most ${MOST_SIDE} × ${MOST_SIDE} are made`,
      'Choose a network for smaller images, or one that takes any size.',
    );
  }
  const layout = at === 0 ? 'channels_first' : 'channels_last';
  return { input: { name: only.name, layout, height, width }, isForOne: batch === 1 };
}

/** The sizes of an input; null for one that may vary. */
function sizesOf({ name, type }: ValueInfoProto, file: string): readonly (number | null)[] {
  if (type?.value.case !== 'tensorType') {
    throw refuseExtractor(file, `has an input ${shown(name)} that is no tensor`, EXPORT);
  }
  const { elemType, shape } = type.value.value;
  if (elemType !== FLOAT) {
    const kind = (DataType[elemType] ?? 'unknown').toLowerCase();
    throw refuseExtractor(file, `takes numbers of the type ${kind}, and not float32`, EXPORT);
  }
  if (shape === undefined) {
    throw refuseExtractor(file, 'does not say how large the images are that it takes', EXPORT);
  }
  return shape.dim.map(({ value }) =>
    value.case === 'dimValue' && value.value > 0n ? Number(value.value) : null,
  );
}
