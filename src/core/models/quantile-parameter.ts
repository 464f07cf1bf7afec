import type { NumberParameter } from '#core/spec/parameters.ts';

/** Which quantile a model of values answers: the parameter `quantile`. */
export const quantileParameter: NumberParameter = {
  name: 'quantile',
  label: 'Quantile',
  kind: 'number',
  min: 0.001,
  max: 0.999,
  default: 0.5,
  help: 'The share of rows that should lie below the answers.',
};
