import { shown } from '../refuse-extractor.ts';
import { halfFloats } from './half-floats.ts';
import { Fields, isInteger, MOST_INTEGER } from './json-fields.ts';
import type { Constant } from './tensor.ts';
import { TfjsFault } from './tfjs-fault.ts';

/** Constants of a model by their names. */
export type Weights = ReadonlyMap<string, Constant>;

/** Bytes of a number as it lies in a file. */
const bytesEach = { float32: 4, int32: 4, uint8: 1, bool: 1, uint16: 2, float16: 2 } as const;
type Stored = keyof typeof bytesEach;

/**
 * The weights of a model, from its manifest and the files that this names. Quantized ones come back as float32, as
 * TensorFlow.js makes them: level × scale + min.
 * @param shard the bytes of a file that the manifest names
 * @param most bytes that all weights may take as float32
 * @throws TfjsFault where a file is missing, short or long, or a weight is of a kind that is not taken
 */
export function readWeights(
  manifest: readonly unknown[],
  shard: (path: string) => Uint8Array,
  most: number,
): Weights {
  const weights = new Map<string, Constant>();
  let left = most;
  for (const [i, group] of manifest.entries()) {
    const fields = new Fields(group, `weightsManifest[${i}]`);
    const bytes = joined(pathsOf(fields).map(shard));
    let at = 0;
    for (const value of fields.list('weights')) {
      const weight = weightOf(value);
      left -= 4 * weight.count;
      if (left < 0) {
        throw new TfjsFault(
          `has weights of more than ${most / 1048576} MB in float32`,
          'Choose a smaller network: it becomes part of every model that is made with it.',
        );
      }
      const size = weight.count * bytesEach[weight.stored];
      if (at + size > bytes.byteLength) {
        throw new TfjsFault(
          `has files of weights that are too short: ${shown(weight.name)} ends at byte ${at + size}, and ${pathsOf(fields).map(shown).join(', ')} have ${bytes.byteLength} together`,
        );
      }
      if (weights.has(weight.name)) {
        throw new TfjsFault(`is damaged: two of its weights are called ${shown(weight.name)}`);
      }
      const view = new DataView(bytes.buffer, bytes.byteOffset + at, size);
      weights.set(weight.name, {
        kind: 'constant',
        shape: weight.shape,
        values: read(weight, view),
      });
      at += size;
    }
    if (at !== bytes.byteLength) {
      throw new TfjsFault(
        `has files of weights that are too long: its manifest says ${at} bytes of ${pathsOf(fields).map(shown).join(', ')}, and they have ${bytes.byteLength}`,
      );
    }
  }
  return weights;
}

/** Names of a group's files, relative to the model's. */
export function pathsOf(group: Fields): readonly string[] {
  return group.list('paths').map((path) => {
    // A file names others beside it, and none elsewhere on somebody's disk.
    const isBeside = typeof path === 'string' && /^[^/\\:][^\\:]*$/.test(path);
    if (isBeside && !path.split('/').includes('..')) return path;
    throw new TfjsFault(
      `is damaged: the paths of its ${group.where} are no names of files beside it`,
    );
  });
}

interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly count: number;
  readonly stored: Stored;
  readonly isWhole: boolean;
  readonly scale: number;
  readonly min: number;
}

function weightOf(value: unknown): Weight {
  const fields = new Fields(value, 'manifest’s weight');
  const name = fields.text('name');
  const own = new Fields(value, `weight ${shown(name)}`);
  const shape = own.list('shape').filter((side) => isInteger(side, 0, MOST_INTEGER));
  if (shape.length !== own.list('shape').length || shape.length > 8) {
    throw new TfjsFault(`is damaged: the shape of its ${own.where} is no list of sides`);
  }
  const count = shape.reduce((product, side) => product * side, 1);
  const dtype = own.text('dtype');
  const quantization = own.has('quantization') ? own.below('quantization') : undefined;
  const stored = quantization?.text('dtype') ?? dtype;
  const allowed: readonly string[] =
    quantization === undefined
      ? ['float32', 'int32', 'uint8', 'bool', 'float16']
      : ['uint8', 'uint16', 'float16'];
  if (
    !allowed.includes(stored) ||
    !['float32', 'int32', 'uint8', 'bool', 'float16'].includes(dtype)
  ) {
    throw new TfjsFault(
      `has the weight ${shown(name)} of the type ${shown(quantization === undefined ? dtype : `${dtype} as ${stored}`)}, which is not taken`,
      'Convert the model with float32, float16, uint8 or uint16 weights.',
    );
  }
  const isLevels = quantization !== undefined && stored !== 'float16';
  return {
    ...{ name, shape, count, stored: stored as Stored },
    isWhole: dtype !== 'float32' && dtype !== 'float16',
    scale: isLevels ? quantization.number('scale') : 1,
    min: isLevels ? quantization.number('min') : 0,
  };
}

function read({ count, stored, isWhole, scale, min }: Weight, view: DataView) {
  const from = (numberAt: (i: number) => number) =>
    isWhole
      ? Int32Array.from({ length: count }, (_, i) => Math.round(numberAt(i) * scale + min))
      : Float32Array.from({ length: count }, (_, i) => numberAt(i) * scale + min);
  switch (stored) {
    case 'float32':
      return from((i) => view.getFloat32(4 * i, true));
    case 'int32':
      return from((i) => view.getInt32(4 * i, true));
    case 'uint16':
      return from((i) => view.getUint16(2 * i, true));
    case 'float16':
      return halfFloats(view, count);
    default:
      return from((i) => view.getUint8(i));
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
