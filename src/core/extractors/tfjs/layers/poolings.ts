import { pool, poolAll } from '../parts/pool.ts';
import { checkChannelsLast, onlyInput, type Layer } from './layer.ts';
import { paddingOf } from './convolutions.ts';

export const pooling2d =
  (opType: 'MaxPool' | 'AveragePool'): Layer =>
  (call) => {
    const { writer, config } = call;
    checkChannelsLast(config);
    const kernel = config.pair('pool_size', 1, 2);
    const strides = config.has('strides') ? config.pair('strides', 1) : kernel;
    const window = { kernel, strides, dilations: [1, 1], padding: paddingOf(config) } as const;
    return pool(writer, opType, onlyInput(call), window);
  };

export const globalPooling2d =
  (opType: 'GlobalMaxPool' | 'GlobalAveragePool'): Layer =>
  (call) => {
    checkChannelsLast(call.config);
    return poolAll(call.writer, opType, onlyInput(call), call.config.flag('keepdims', false));
  };
