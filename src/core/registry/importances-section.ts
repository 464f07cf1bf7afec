import type { CandidateRecord } from '#core/spec/candidate-record.ts';

/** Features that the card names. */
const NAMED = 10;

/**
 * The model card's table of the features that a model of trees uses most; nothing where a model does not tell.
 * @param code how a name is written in a cell
 */
export function importancesSection(
  { importances = [] }: Pick<CandidateRecord, 'importances'>,
  code: (text: string) => string,
): string[] {
  if (importances.length === 0) return [];
  const rows = importances
    .slice(0, NAMED)
    .map(({ feature, share }) => `| ${code(feature)} | ${(100 * share).toFixed(1)}% |`);
  const left = importances.length - rows.length;
  return [
    '## Features that it uses most',
    ['| feature | share of the gain |', '|---|---|', ...rows].join('\n'),
    `How much the splits by each feature lower the loss on the training rows, as a share of all splits${left === 0 ? '' : `; ${left} more in run.json`}. Features that say the same divide it among them; it says nothing of causes.`,
  ];
}
