import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import { numberText } from '#ui/charts/number-text.ts';

type Loadings = NonNullable<CandidateRecord['components']>['loadings'][number];

/** Features that a sentence names on each side. */
const NAMED = 3;
/** Beside the largest weight: a smaller one says little. */
const LEAST_SHARE = 0.3;

/** `Component 1 rises with flipper_length_mm and body_mass_g, and falls with bill_depth_mm.` */
export function componentWords(k: number, loadings: Loadings): string {
  const least = LEAST_SHARE * Math.abs(loadings[0]?.weight ?? 0);
  const strong = loadings.filter(({ weight }) => Math.abs(weight) >= least && weight !== 0);
  const side = (sign: 1 | -1): string =>
    listed(strong.filter(({ weight }) => Math.sign(weight) === sign).map(({ feature }) => feature));
  const [up, down] = [side(1), side(-1)];
  const said = [
    ...(up === '' ? [] : [`rises with ${up}`]),
    ...(down === '' ? [] : [`falls with ${down}`]),
  ];
  return `Component ${k + 1} ${said.join(', and ')}.`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED);
  const left = names.length - shown.length;
  const parts = left === 0 ? shown : [...shown, `${left} more`];
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** `+0.576` */
export function weightText(weight: number): string {
  return weight > 0 ? `+${numberText(weight)}` : numberText(weight);
}
