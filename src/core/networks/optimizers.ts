import type { ParameterSpec } from '#core/spec/parameters.ts';

const optimizers = ['adam', 'adamw', 'sgd'] as const;

/** What makes steps of gradients; each backend has its own under this name. */
export type OptimizerName = (typeof optimizers)[number];

/** The optimizer of this name. @throws TypeError where there is none, which the parameter's spec refuses before */
export function optimizerNamed(name: string): OptimizerName {
  const found = optimizers.find((one) => one === name);
  if (found === undefined) throw new TypeError(`there is no optimizer ${name}`);
  return found;
}

const withMomentum = { onlyWith: { name: 'optimizer', choice: 'sgd' } };

/** What a network says of its optimizer, beside the learning rate and its weight decay. */
export const optimizerParameters: readonly ParameterSpec[] = [
  {
    name: 'optimizer',
    label: 'Optimizer',
    kind: 'choice',
    choices: optimizers,
    default: 'adam',
    help: 'adam: weight decay is part of the gradient; adamw: it is taken off the weights; sgd: plain steps with momentum.',
  },
  {
    name: 'momentum',
    label: 'Momentum',
    kind: 'number',
    min: 0,
    max: 0.999,
    default: 0.9,
    help: 'Share of the last step that the next one keeps.',
    ...withMomentum,
  },
  {
    name: 'nesterov',
    label: "Nesterov's momentum",
    kind: 'boolean',
    default: false,
    help: 'Looks at the gradient a step of momentum ahead.',
    ...withMomentum,
  },
];
