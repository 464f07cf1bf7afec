import { fileURLToPath } from 'node:url';
import type { TrainingData } from '#core/models/estimator.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import { runPython } from './python.ts';
import type { TreeCase } from './tree-cases.ts';

/** What trees.py says of scikit-learn's trees over the same rows, case by case. */
export async function treeReference<Answer>(
  cases: readonly TreeCase[],
): Promise<readonly Answer[]> {
  const script = fileURLToPath(new URL('trees.py', import.meta.url));
  const input = JSON.stringify(
    cases.map((one) => ({
      ...one,
      parameters: parametersOf(one),
      train: plain(one.train),
      held: plain(one.held),
    })),
  );
  return JSON.parse(await runPython(script, { input })) as readonly Answer[];
}

export function parametersOf({ model, parameters }: TreeCase): ParameterValues {
  return resolveParameters(estimatorNamed(model).parameters, parameters, model);
}

/** JSON has no typed arrays and no NaN: a missing number is null. */
function plain({ features, target, weights, ...rest }: TrainingData) {
  const values = Array.from(features.values, (value) => (Number.isNaN(value) ? null : value));
  return {
    ...rest,
    features: { ...features, values, categories: Array.from(features.categories ?? []) },
    target: Array.from(target),
    ...(weights && { weights: Array.from(weights) }),
  };
}
