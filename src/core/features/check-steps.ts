import { inputError } from '#core/errors.ts';
import type { InputType, SpecStep } from '#core/spec/spec.ts';
import { stepNamed } from './registry.ts';

interface InputColumn {
  readonly name: string;
  readonly type: InputType;
}

/** What makes numbers of inputs that are none. */
const usualSteps = {
  categorical: 'one_hot',
  datetime: 'date_parts',
  text: 'tfidf',
  image: 'pixels',
} as const;

/** Whether a step of the spec is for an input: by its type, or by its name. */
export function stepTakes({ columns }: SpecStep, input: InputColumn): boolean {
  return columns === input.type || (Array.isArray(columns) && columns.includes(input.name));
}

/**
 * Follows every input through its steps by type alone, before any data is touched.
 * @throws TerrariumError naming the step that does not take a column, or the column that never becomes numbers
 */
export function checkSteps(
  steps: readonly SpecStep[],
  inputs: readonly InputColumn[],
  path = 'steps',
): void {
  for (const input of inputs) {
    let { type } = input;
    for (const [i, specStep] of steps.entries()) {
      if (!stepTakes(specStep, input)) continue;
      const step = stepNamed(specStep.step, `${path}[${i}].step`);
      if (!step.accepts.includes(type)) {
        throw inputError(
          'step_type_mismatch',
          `${path}[${i}]: the step "${step.name}" does not take the ${type} column "${input.name}".`,
          'Change which columns the step is for, or the column’s type.',
          { path: `${path}[${i}].columns`, column: input.name },
        );
      }
      if (step.gives === 'numeric') type = 'numeric';
    }
    if (type !== 'numeric') {
      throw inputError(
        'text_feature_left',
        `${path}: the ${type} column "${input.name}" is no number after its last step.`,
        `Add a ${usualSteps[type]} step for it, or ignore the column.`,
        { path, column: input.name },
      );
    }
  }
}
