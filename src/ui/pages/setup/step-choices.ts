import { steps as known } from '#core/features/registry.ts';
import type { FeatureStep } from '#core/features/step.ts';
import { characters } from '#core/features/texts/characters.ts';
import type { SpecStep, Task } from '#core/spec/spec.ts';

/**
 * The steps that can be added to a list: for a language model the one that cuts its text up, where it is not there, and for
 * any other task all but that, since nothing else learns from codes of characters.
 */
export function stepChoices(task: Task, steps: readonly SpecStep[]): readonly FeatureStep[] {
  if (task !== 'language') return known.filter(({ name }) => name !== characters.name);
  return steps.some(({ step }) => step === characters.name) ? [] : [characters];
}
