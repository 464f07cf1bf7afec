import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import { typedNumber } from '#core/typed-number.ts';
import { coefficientWords, leftOutWords } from './coefficient-words.ts';

/** Of several classes: those that the card names, and features of each. */
const CLASSES = 10;
const FEATURES = 5;

/**
 * The model card's table of a linear model's coefficients; nothing of other models.
 * @param target what is predicted, and its `classes`, as the card writes them
 * @param code how a name is written in a cell
 */
export function coefficientsSection(
  { coefficients }: Pick<CandidateRecord, 'coefficients'>,
  {
    target,
    classes,
  }: { readonly target: string; readonly classes?: readonly string[] | undefined },
  code: (text: string) => string,
): string[] {
  if (coefficients === undefined) return [];
  const { outputs, reason } = coefficients;
  if (reason !== undefined) return ['## Coefficients', reason];
  const [first, ...others] = outputs;
  if (first === undefined) return [];
  const words = coefficientWords(coefficients, target, classes?.map(code));
  const order =
    'Sorted by size, each times the standard deviation of its feature over the training rows.';
  if (others.length === 0) {
    const rows = first.largest.map((one) => [one.feature, one.coefficient, one.deviation] as const);
    const table = [
      '| feature | coefficient | deviation of the feature |',
      '|---|---|---|',
      `| intercept | ${short(first.intercept)} | |`,
      ...rows.map(([name, ...numbers]) => `| ${[code(name), ...numbers.map(short)].join(' | ')} |`),
    ];
    const left = leftOutWords(coefficients, first.largest.length);
    return ['## Coefficients', table.join('\n'), `${words} ${order}${left}`];
  }
  const rows = outputs.slice(0, CLASSES).map(({ class: label = '', intercept, largest }) => {
    const named = largest
      .slice(0, FEATURES)
      .map(({ feature, coefficient }) => `${code(feature)} ${short(coefficient)}`);
    return `| ${code(label)} | ${short(intercept)} | ${named.join(', ')} |`;
  });
  const table = ['| class | intercept | largest coefficients |', '|---|---|---|', ...rows];
  const isCut = outputs.length > CLASSES || coefficients.features > FEATURES;
  const more = isCut ? ' More of them are in run.json.' : '';
  return ['## Coefficients', table.join('\n'), `${words} ${order}${more}`];
}

/** Four significant digits. */
function short(value: number): string {
  return typedNumber(Number(value.toPrecision(4)));
}
