import { border } from '../parts/border.ts';
import { combine, each, join } from '../parts/combine.ts';
import { flatten, reshape } from '../parts/reshape.ts';
import { isInteger, MOST_INTEGER, MOST_PIXELS, type Fields } from '../json-fields.ts';
import { TfjsFault } from '../tfjs-fault.ts';
import { checkChannelsLast, onlyInput, type Layer } from './layer.ts';

/** A layer that changes nothing once its network is trained. */
export const unchanged: Layer = (call) => onlyInput(call);

export const flattened: Layer = (call) => {
  checkChannelsLast(call.config);
  return flatten(call.writer, onlyInput(call));
};

export const reshaped: Layer = (call) =>
  reshape(call.writer, onlyInput(call), targetOf(call.config));

/** Sides of one image; TensorFlow.js writes null for the one that follows from the others. */
function targetOf(config: Fields): readonly number[] {
  return config.list('target_shape').map((side) => {
    const size = side ?? -1;
    if (isInteger(size, -1, MOST_INTEGER)) return size;
    throw new TfjsFault('has a target_shape that is no list of whole numbers');
  });
}

export const zeroPadding2d: Layer = (call) => {
  checkChannelsLast(call.config);
  const [down, across] = bordersOf(call.config);
  return border(call.writer, onlyInput(call), [[0, 0], down, across, [0, 0]], 0);
};

/** Two pairs; two numbers, or one, for the same on both sides. */
function bordersOf(
  config: Fields,
): readonly [readonly [number, number], readonly [number, number]] {
  const given = config.get('padding');
  if (Array.isArray(given) && given.length === 2 && given.every(Array.isArray)) {
    const [down, across] = given.map(([before, after, ...more]: readonly unknown[]) => {
      const isPair =
        isInteger(before, 0, MOST_PIXELS) && isInteger(after, 0, MOST_PIXELS) && more.length === 0;
      if (!isPair) throw new TfjsFault('has a padding that is no two pairs of whole numbers');
      return [before, after] as const;
    });
    if (down !== undefined && across !== undefined) return [down, across];
  }
  const [down, across] = config.pair('padding', 0, 1);
  return [
    [down, down],
    [across, across],
  ];
}

export const rescaling: Layer = (call) => {
  const { writer, config } = call;
  const [scale, offset] = [config.number('scale'), config.number('offset', 0)];
  return each(writer, onlyInput(call), (name) =>
    writer.node('Add', [writer.node('Mul', [name, writer.scalar(scale)]), writer.scalar(offset)]),
  );
};

/** Several tensors number by number, from the first to the last. */
export const merged =
  (opType: 'Add' | 'Mul' | 'Max' | 'Min', isMean = false): Layer =>
  ({ writer, inputs }) => {
    const [first, ...others] = inputs;
    if (first === undefined || others.length === 0) {
      throw new TfjsFault(`reads ${inputs.length} tensors, and should read two or more`);
    }
    const all = others.reduce((left, right) => combine(writer, opType, left, right), first);
    if (!isMean) return all;
    return each(writer, all, (name) => writer.node('Div', [name, writer.scalar(inputs.length)]));
  };

export const concatenated: Layer = ({ writer, config, inputs }) =>
  join(writer, inputs, config.integer('axis', -8, 8, -1));
