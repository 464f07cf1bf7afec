import type { DatasetInfo } from '#core/data/table.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { inputKind } from './input-columns.ts';
import { columnsHint, refuse } from './refuse.ts';
import type { Spec } from './spec.ts';

/** Checks what a spec says of the weights of rows apart from any data: a column of its own, and candidates that take them. */
export function checkWeights(spec: Spec): void {
  const { weights } = spec.rows;
  if (weights === undefined) return;
  const { task, target, forecast, columns } = spec;
  if (task !== 'classification' && task !== 'regression') {
    throw refuse('rows.weights', `is "${weights}", and ${task} weighs no rows`, 'Remove it.');
  }
  if (weights === target) {
    throw refuse('rows.weights', `is "${weights}", which is the target`, 'Choose another column.');
  }
  if ([forecast?.time, forecast?.series, ...(forecast?.inputs ?? [])].includes(weights)) {
    throw refuse(
      'rows.weights',
      `is "${weights}", which the forecast reads`,
      'Choose another column, or take it out of forecast.',
    );
  }
  const type = columns[weights]?.type;
  const kind = type === undefined ? null : inputKind(type);
  if (kind !== null && kind !== 'numeric') {
    throw refuse(
      `columns.${weights}.type`,
      `is ${type}, and the column says how much each row counts`,
      'Remove the type, or choose another column of weights.',
    );
  }
  checkCandidates(spec);
}

/** Baselines count every row once, and so do all figures. */
function checkCandidates({ candidates }: Spec): void {
  for (const [i, { model, balance }] of candidates.entries()) {
    const { title, baseline, acceptsWeights = false } = estimatorNamed(model);
    if (!baseline && !acceptsWeights) {
      throw refuse(
        `candidates[${i}].model`,
        `is ${model}, and ${title} takes no weights of rows`,
        'Remove the candidate, or rows.weights.',
      );
    }
    if (balance?.method === 'smote') {
      throw refuse(
        `candidates[${i}].balance.method`,
        'is smote, and nothing says how much its new rows count',
        'Balance by another way, or remove rows.weights.',
      );
    }
  }
}

/** Holds the column of weights against the data. @throws TerrariumError naming the path in the spec */
export function checkWeightColumn({ rows }: Spec, { columns }: DatasetInfo): void {
  if (rows.weights === undefined) return;
  const found = columns.find(({ name }) => name === rows.weights);
  if (found === undefined) {
    throw refuse(
      'rows.weights',
      `is "${rows.weights}", and the data has no such column`,
      columnsHint(
        rows.weights,
        columns.map(({ name }) => name),
      ),
    );
  }
}
