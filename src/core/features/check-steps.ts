import { inputError } from '#core/errors.ts';
import type { SpecStep } from '#core/spec/spec.ts';
import { stepNamed } from './registry.ts';
import type { FeatureColumn } from './column.ts';

interface InputColumn {
  readonly name: string;
  readonly type: 'numeric' | 'categorical';
}

/** Whether a step of the spec is for an input: by its type, or by its name. */
export function stepTakes({ columns }: SpecStep, input: InputColumn): boolean {
  return columns === input.type || (Array.isArray(columns) && columns.includes(input.name));
}

/**
 * Follows every input through its steps by kind alone, before any data is touched.
 * @throws TerrariumError naming the step that does not take a column, or the column that stays text
 */
export function checkSteps(
  steps: readonly SpecStep[],
  inputs: readonly InputColumn[],
  path = 'steps',
): void {
  for (const input of inputs) {
    let kind: FeatureColumn['kind'] = input.type === 'numeric' ? 'numeric' : 'text';
    for (const [i, specStep] of steps.entries()) {
      if (!stepTakes(specStep, input)) continue;
      const step = stepNamed(specStep.step, `${path}[${i}].step`);
      if (!step.accepts.includes(kind)) {
        const given = kind === 'text' ? 'categorical' : 'numeric';
        throw inputError(
          'step_type_mismatch',
          `${path}[${i}]: the step "${step.name}" does not take the ${given} column "${input.name}".`,
          'Change which columns the step is for, or the column’s type.',
          { path: `${path}[${i}].columns`, column: input.name },
        );
      }
      if (step.gives === 'numeric') kind = 'numeric';
    }
    if (kind === 'text') {
      throw inputError(
        'text_feature_left',
        `${path}: the categorical column "${input.name}" is still text after its last step.`,
        'Add a one_hot step for it, or ignore the column.',
        { path, column: input.name },
      );
    }
  }
}
