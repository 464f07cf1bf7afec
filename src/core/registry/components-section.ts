import type { CandidateRecord } from '#core/spec/candidate-record.ts';

/** Components, and features of each, that the card names. */
const NAMED = 10;
const FEATURES = 5;

/**
 * The model card's table of what the components are made of; nothing where a model has none.
 * @param code how a name is written in a cell
 */
export function componentsSection(
  { components }: Pick<CandidateRecord, 'components'>,
  code: (text: string) => string,
): string[] {
  if (components === undefined) return [];
  const { kept, features, shares, loadings } = components;
  const rows = loadings.slice(0, NAMED).map((list, k) => {
    const named = list
      .slice(0, FEATURES)
      .map(({ feature, weight }) => `${code(feature)} ${signedText(weight)}`);
    return `| component ${k + 1} | ${(100 * (shares[k] ?? 0)).toFixed(1)}% | ${named.join(', ')} |`;
  });
  return [
    '## Components',
    [
      '| component | share of the variance | features that weigh most |',
      '|---|---|---|',
      ...rows,
    ].join('\n'),
    `${kept} ${kept === 1 ? 'component' : 'components'} of ${features} features. Shares are of the training rows; a component is the sum of the features’ distances from their means, each times its weight${kept > NAMED ? '. The others are in run.json' : ''}.`,
  ];
}

function signedText(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(2)}`;
}
