import type { ContractInput } from '#core/spec/contract.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import type { SpecStep } from '#core/spec/spec.ts';
import { stepTakes } from './check-steps.ts';
import { stepNamed } from './registry.ts';
import type { FeatureStep } from './step.ts';

export interface ChainLink {
  readonly step: FeatureStep;
  readonly parameters: ParameterValues;
}

/** Inputs that go through the same steps. */
export interface ChainOfInputs {
  readonly members: readonly ContractInput[];
  readonly chain: readonly ChainLink[];
}

/** Brings inputs of one type that the same steps take together, in the order of their first ones. */
export function groupByChain(
  specSteps: readonly SpecStep[],
  inputs: readonly ContractInput[],
): readonly ChainOfInputs[] {
  const links = specSteps.map(({ step: name, parameters }, i) => {
    const step = stepNamed(name, `steps[${i}].step`);
    const path = `steps[${i}].parameters`;
    return { step, parameters: resolveParameters(step.parameters, parameters, path) };
  });
  const groups = new Map<string, { members: ContractInput[]; chain: readonly ChainLink[] }>();
  for (const input of inputs) {
    const chosen = specSteps.flatMap((step, i) => (stepTakes(step, input) ? [i] : []));
    const key = `${input.type}:${chosen.join(',')}`;
    const group = groups.get(key);
    if (group !== undefined) group.members.push(input);
    else {
      // A step for images was at work before there were features: what it would do is the contract's preprocessing.
      const chain = chosen
        .flatMap((i) => links[i] ?? [])
        .filter(({ step }) => step.readImage === undefined);
      groups.set(key, { members: [input], chain });
    }
  }
  return [...groups.values()];
}
