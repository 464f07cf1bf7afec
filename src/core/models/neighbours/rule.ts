import { choiceOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';

/** What the answer depends on beside the rows. */
export interface Rule {
  readonly k: number;
  readonly byDistance: boolean;
  readonly euclidean: boolean;
}

export function ruleOf(parameters: ParameterValues): Rule {
  return {
    k: numberOf(parameters, 'k'),
    byDistance: choiceOf(parameters, 'weights') === 'distance',
    euclidean: choiceOf(parameters, 'metric') === 'euclidean',
  };
}
