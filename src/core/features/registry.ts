import { inputError } from '#core/errors.ts';
import { datePartsStep } from './dates/date-parts.ts';
import { impute } from './missing/impute.ts';
import { oneHot } from './categories/one-hot.ts';
import { scale } from './numbers/scale.ts';
import type { FeatureStep, StepState } from './step.ts';

/** Every feature step there is; adding one is a file and a row here. */
export const steps: readonly FeatureStep[] = [
  erase(impute),
  erase(scale),
  erase(oneHot),
  erase(datePartsStep),
];

export function stepNamed(name: string, path = 'steps'): FeatureStep {
  const found = steps.find((step) => step.name === name);
  if (found !== undefined) return found;
  throw inputError(
    'unknown_step',
    `${path}: there is no step named "${name}".`,
    `Known steps: ${steps.map((step) => step.name).join(', ')}.`,
    { path },
  );
}

/** Forgets a step's own state type: the pipeline only carries the state from its fit to its other two. */
function erase<State extends StepState>(step: FeatureStep<State>): FeatureStep {
  const transformTraining = step.transformTraining?.bind(step);
  return {
    ...step,
    ...(transformTraining && {
      transformTraining: (columns, state, parameters, training) =>
        transformTraining(columns, state as State, parameters, training),
    }),
    transform: (columns, state) => step.transform(columns, state as State),
    emit: (graph, input, state) => step.emit(graph, input, state as State),
  };
}
