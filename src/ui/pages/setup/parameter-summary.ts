import { hasEffect, type ParameterSpec } from '#core/spec/parameters.ts';
import { valueText } from '#ui/spec/field-text.ts';

/** So many parameters are told in any case; further ones only where they are not at their defaults. */
const ALWAYS = 6;

/** What a candidate's parameters are, in one line: those that have an effect, the first ones and every changed one. */
export function parameterSummary(
  specs: readonly ParameterSpec[],
  values: Readonly<Record<string, unknown>>,
): string {
  return specs
    .filter((spec) => hasEffect(spec, specs, values))
    .map((spec) => ({ ...spec, text: textOf(spec, values), plain: textOf(spec, {}) }))
    .filter(({ text, plain }, i) => i < ALWAYS || text !== plain)
    .map(({ label, text }) => `${label.charAt(0).toLowerCase()}${label.slice(1)} ${text}`)
    .join(' · ');
}

function textOf(spec: ParameterSpec, values: Readonly<Record<string, unknown>>): string {
  return valueText(values[spec.name] ?? spec.default);
}
