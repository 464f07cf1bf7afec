import { balanceNamed } from '#core/features/balance/registry.ts';
import { stepNamed } from '#core/features/registry.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import type { Balance, Spec } from '#core/spec/spec.ts';

/** The spec with every default written out, so that the record defines the run completely. */
export function resolvedSpec(spec: Spec, sha256: string): Spec {
  return {
    ...spec,
    data: { ...spec.data, sha256 },
    steps: resolvedSteps(spec.steps),
    candidates: spec.candidates.map((candidate, i) => ({
      ...candidate,
      ...(candidate.steps === undefined ? {} : { steps: resolvedSteps(candidate.steps) }),
      ...(candidate.balance === undefined ? {} : { balance: resolvedBalance(candidate.balance) }),
      parameters: {
        ...resolveParameters(
          estimatorNamed(candidate.model).parameters,
          candidate.parameters,
          `candidates[${i}]`,
        ),
      },
    })),
  };
}

function resolvedSteps(steps: Spec['steps']): Spec['steps'] {
  return steps.map((step, i) => ({
    ...step,
    parameters: {
      ...resolveParameters(stepNamed(step.step).parameters, step.parameters, `steps[${i}]`),
    },
  }));
}

function resolvedBalance({ method, parameters }: Balance): Balance {
  const known = balanceNamed(method).parameters;
  return { method, parameters: { ...resolveParameters(known, parameters, 'balance') } };
}
