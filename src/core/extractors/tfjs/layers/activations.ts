import { activate, clip, leak, single } from '../parts/activate.ts';
import { each } from '../parts/combine.ts';
import { normalize } from '../parts/normalize.ts';
import type { Tensor } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';
import { onlyInput, type Layer } from './layer.ts';

export const activation: Layer = (call) =>
  activate(call.writer, onlyInput(call), call.config.text('activation'));

export const relu: Layer = (call) => {
  const { writer, config } = call;
  for (const name of ['negative_slope', 'threshold']) {
    if (config.number(name, 0) !== 0) {
      throw new TfjsFault(
        `has ${name} ${config.number(name)}, which TensorFlow.js does not compute`,
        'Choose another network, or give it as an ONNX file.',
      );
    }
  }
  const tensor = onlyInput(call);
  if (!config.has('max_value')) return activate(writer, tensor, 'relu');
  const most = config.number('max_value');
  return each(writer, tensor, (name) => clip(writer, name, 0, most));
};

export const leakyRelu: Layer = (call) => {
  const { writer, config } = call;
  const alpha = config.number('alpha', config.number('negative_slope', 0.3));
  return leak(writer, onlyInput(call), single(alpha));
};

export const prelu: Layer = (call) => leak(call.writer, onlyInput(call), call.weight('alpha'));

export const elu: Layer = (call) => {
  const { writer, config } = call;
  if (config.number('alpha', 1) !== 1) {
    throw new TfjsFault(`has alpha ${config.number('alpha')}, and 1 is taken`);
  }
  return activate(writer, onlyInput(call), 'elu');
};

export const softmax: Layer = (call) => {
  const tensor = onlyInput(call);
  checkLast(tensor, call.config.integer('axis', -8, 8, -1), 'takes shares');
  return activate(call.writer, tensor, 'softmax');
};

export const batchNormalization: Layer = (call) => {
  const { writer, config, weight } = call;
  const tensor = onlyInput(call);
  const given = config.get('axis');
  const axis = Array.isArray(given) && given.length === 1 ? (given[0] as unknown) : given;
  checkLast(tensor, typeof axis === 'number' ? axis : -1, 'normalizes');
  return normalize(writer, tensor, {
    scale: config.flag('scale', true) ? weight('gamma') : undefined,
    offset: config.flag('center', true) ? weight('beta') : undefined,
    mean: weight('moving_mean'),
    variance: weight('moving_variance'),
    epsilon: config.number('epsilon', 1e-3),
  });
};

function checkLast({ shape }: Tensor, axis: number, does: string): void {
  if (axis === -1 || axis === shape.length - 1) return;
  throw new TfjsFault(`${does} along the side ${axis}, and the last one is taken`);
}
