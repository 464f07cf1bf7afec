import { expect } from 'vitest';
import { TerrariumError } from '#core/errors.ts';
import { resolveParameters, type ParameterSpec } from '#core/spec/parameters.ts';
import { shownValue } from '#core/spec/shown-value.ts';
import { typedNumber } from '#core/typed-number.ts';
import { expectSentence } from './refusal.ts';

/** Values that a parameter must refuse. */
function badValues(spec: ParameterSpec): readonly unknown[] {
  if (spec.kind === 'choice') return ['', 'no such choice', 1, null, [...spec.choices]];
  if (spec.kind === 'choice_or_number') {
    const { min, max, choices } = spec;
    return ['', 'no such choice', '0.5', null, true, [...choices], min - 1, max + 1, NaN, Infinity];
  }
  if (spec.kind === 'choice_list')
    return ['', spec.choices[0], null, ['no such choice'], [1], [...spec.choices, spec.choices[0]]];
  if (spec.kind === 'boolean') return ['', 'true', 0, 1, null, [true]];
  if (spec.kind === 'text') return ['x'.repeat(spec.maxLength + 1), 1, null, true, ['a text']];
  if (spec.kind === 'text_list')
    return [
      ...['', 'a text', null, 1, [1], [null], ['twice', 'twice']],
      Array.from({ length: spec.maxLength + 1 }, (_, i) => `text ${i}`),
    ];
  if (spec.kind === 'number_map') {
    const tooMany = Array.from({ length: spec.maxLength + 1 }, (_, i) => [`name ${i}`, spec.min]);
    const numbers = [spec.min - 1, spec.max + 1, NaN, Infinity, String(spec.min), null, [spec.min]];
    return [
      ...['', 'name: 1', 1, null, true, [], [spec.min]],
      ...numbers.map((number) => ({ name: number })),
      Object.fromEntries(tooMany),
    ];
  }
  const { min, max } = spec;
  const out = [min - 1, max + 1, NaN, Infinity, -Infinity];
  if (spec.kind === 'integer_list') {
    const tooLong = Array.from({ length: spec.maxLength + 1 }, () => min);
    return [min, 'two', null, tooLong, [min + 0.5], [String(min)], ...out.map((value) => [value])];
  }
  return [String(min), null, true, [min], ...out, ...(spec.kind === 'integer' ? [min + 0.5] : [])];
}

/** What the sentence must say of the range. */
function rangeOf(spec: ParameterSpec): readonly string[] {
  switch (spec.kind) {
    case 'choice':
    case 'choice_list':
      return spec.choices;
    case 'choice_or_number':
      return [...spec.choices, typedNumber(spec.min), typedNumber(spec.max)];
    case 'boolean':
      return ['true or false'];
    case 'text':
    case 'text_list':
      return [String(spec.maxLength)];
    default:
      return [typedNumber(spec.min), typedNumber(spec.max)];
  }
}

/**
 * The defaults are allowed; every bad value, and every unknown name, is refused by a sentence that names
 * the parameter's path, the allowed range and what it got.
 */
export function expectParametersGuarded(specs: readonly ParameterSpec[], owner: string): void {
  const path = `candidates[1].parameters`;
  const defaults = resolveParameters(specs, {}, path);
  expect(resolveParameters(specs, defaults, path)).toEqual(defaults);
  expect(Object.keys(defaults)).toEqual(specs.map(({ name }) => name));
  for (const spec of specs) {
    expect(spec.help, `${owner}.${spec.name}`).toMatch(/\.$/);
    const { onlyWith } = spec;
    const other = specs.find(({ name }) => name === onlyWith?.name);
    if (onlyWith !== undefined) expect(other).toMatchObject({ kind: 'choice' });
    if (other?.kind === 'choice') expect(other.choices).toContain(onlyWith?.choice);
    for (const value of badValues(spec)) {
      const message = refusal(specs, { ...defaults, [spec.name]: value }, path);
      expect(message).toContain(`${path}.${spec.name}`);
      for (const part of rangeOf(spec)) expect(message).toContain(part);
      expect(message).toMatch(/got /);
      if (typeof value === 'number') expect(message).toContain(`got ${shownValue(value)}`);
    }
  }
  expect(refusal(specs, { ...defaults, no_such: 1 }, path)).toContain(`${path}.no_such`);
}

function refusal(
  specs: readonly ParameterSpec[],
  given: Readonly<Record<string, unknown>>,
  path: string,
): string {
  try {
    resolveParameters(specs, given, path);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(TerrariumError);
    const { message, kind } = thrown as TerrariumError;
    expect(kind).toBe('input');
    expectSentence(message);
    return message;
  }
  throw new Error(`${path}: ${JSON.stringify(given)} was not refused`);
}
