import type { Layer } from '#core/networks/layer.ts';
import {
  choiceOf,
  integersOf,
  numberOf,
  type BooleanParameter,
  type ChoiceParameter,
  type IntegerListParameter,
  type NumberParameter,
  type ParameterValues,
} from '#core/spec/parameters.ts';

/** Units of the fully connected layers; `own` says how many unless told otherwise, and where they stand. */
export function hiddenUnits(
  own: Pick<IntegerListParameter, 'default' | 'help'> & { readonly maxLength?: number },
): IntegerListParameter {
  const usual = { min: 1, max: 1024, maxLength: 8 };
  return { name: 'hidden_units', label: 'Hidden layers', kind: 'integer_list', ...usual, ...own };
}

/** @param choices the usual one first */
export function activation(
  help: string,
  choices: readonly [string, ...string[]] = ['relu', 'tanh'],
): ChoiceParameter {
  const [usual] = choices;
  return { name: 'activation', label: 'Activation', kind: 'choice', choices, default: usual, help };
}

export function dropout(help: string): NumberParameter {
  return { name: 'dropout', label: 'Dropout', kind: 'number', min: 0, max: 0.9, default: 0, help };
}

export function batchNormalization(help: string): BooleanParameter {
  return {
    name: 'batch_norm',
    label: 'Batch normalization',
    kind: 'boolean',
    default: false,
    help,
  };
}

export function activationOf(parameters: ParameterValues): Layer {
  const isTanh = choiceOf(parameters, 'activation') === 'tanh';
  return { kind: 'activation', function: isTanh ? 'tanh' : 'relu' };
}

/** The layer that drops numbers, where any are to be dropped. */
export function dropoutOf(parameters: ParameterValues): readonly Layer[] {
  const share = numberOf(parameters, 'dropout');
  return share > 0 ? [{ kind: 'dropout', share }] : [];
}

/** The hidden layers, each with what stands behind it. */
export function hiddenLayers(
  parameters: ParameterValues,
  nonLinear: Layer,
  normalizes = false,
): readonly Layer[] {
  return integersOf(parameters, 'hidden_units').flatMap((units): readonly Layer[] => [
    { kind: 'dense', units, ...(normalizes && { bias: false }) },
    ...(normalizes ? [{ kind: 'batch_norm' } as const] : []),
    nonLinear,
    ...dropoutOf(parameters),
  ]);
}
