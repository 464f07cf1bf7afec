import { hasEffect, type ParameterSpec } from '#core/spec/parameters.ts';
import { valueText } from '#ui/spec/field-text.ts';

/** Of so many parameters those are told that are not off; of all, those that are not at their defaults. */
const FIRST = 6;

/** What a candidate's parameters are, in one line: the first of those that have an effect, and every changed one. */
export function parameterSummary(
  specs: readonly ParameterSpec[],
  values: Readonly<Record<string, unknown>>,
): string {
  return specs
    .filter((spec) => hasEffect(spec, specs, values))
    .map((spec) => ({ ...spec, text: textOf(spec, values), plain: textOf(spec, {}) }))
    .filter((one, i) => one.text !== one.plain || (i < FIRST && !isOff(one.default)))
    .map(({ label, text }) => `${label.charAt(0).toLowerCase()}${label.slice(1)} ${text}`)
    .join(' · ');
}

function isOff(value: unknown): boolean {
  return value === 0 || value === false;
}

function textOf(spec: ParameterSpec, values: Readonly<Record<string, unknown>>): string {
  return valueText(values[spec.name] ?? spec.default);
}
