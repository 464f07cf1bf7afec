import { describe, expect, it } from 'vitest';
import type { NumericFeature } from '#core/features/column.ts';
import { FeaturePipeline } from '#core/features/pipeline.ts';
import { sequence } from '#core/features/sequences/sequence.ts';
import type { FitContext } from '#core/features/step.ts';
import type { ContractInput } from '#core/spec/contract.ts';
import type { SpecStep } from '#core/spec/spec.ts';
import { RandomStream } from '#core/random.ts';

const column = (name: string, ...values: number[]): NumericFeature => ({
  kind: 'numeric',
  name,
  values: Float64Array.from(values),
});
/** Two channels of three positions. */
const columns = [
  ...[column('a1', 1, 2), column('a2', 3, 4), column('a3', 5, NaN)],
  ...[column('b1', 10, 10), column('b2', 10, 10), column('b3', 10, 10)],
];
const training: FitContext = {
  ...{ task: 'regression', target: Float64Array.of(0, 0), outputs: 1 },
  random: new RandomStream(1),
};
const fit = (channels: number, given = columns) => sequence.fit(given, { channels }, training);

describe('the step sequence', () => {
  it('puts the channels of a position side by side, and scales each as a whole', () => {
    const state = fit(2);
    expect(sequence.sequence?.(state)).toEqual({ length: 3, channels: 2 });
    const given = sequence.transform(columns, state);
    expect(given.map(({ name }) => name)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3']);
    // Mean 3, and deviation √2 of 1 to 5; a channel that does not change becomes 0; what is missing stays so.
    const far = 2 / Math.SQRT2;
    expect(given.map(({ values }) => values[0])).toEqual([-far, 0, 0, 0, far, 0]);
    expect(given[4]?.values[1]).toBeNaN();
  });

  it('takes columns as they come where there is one channel', () => {
    const names = sequence.transform(columns, fit(1)).map(({ name }) => name);
    expect(names).toEqual(columns.map(({ name }) => name));
  });

  it('refuses columns that do not fill its channels', () => {
    expect(() => fit(4)).toThrow(expect.objectContaining({ code: 'sequence_not_whole' }));
  });

  it('tells of the columns behind its features', () => {
    const inputs = columns.map(
      ({ name }) => ({ kind: 'number', name, centre: 0, scale: 1 }) as const,
    );
    const [first, second] = sequence.meanings?.(inputs, fit(2)) ?? [];
    expect(first).toEqual({ kind: 'number', name: 'a1', centre: 3, scale: Math.SQRT2 });
    expect(second).toMatchObject({ name: 'b1', centre: 10 });
  });
});

describe('a pipeline', () => {
  const inputOf = (name: string): ContractInput => ({
    ...{
      name,
      tensor: name,
      type: 'numeric',
      dtype: 'float64',
      missing: [],
      nullable: true,
      example: 0,
    },
  });
  const shapeOf = (steps: readonly SpecStep[]) =>
    FeaturePipeline.fit(
      steps,
      columns.map(({ name }) => inputOf(name)),
      columns,
      training,
    ).features.sequence;
  const step = (name: string, of: SpecStep['columns'], parameters = {}): SpecStep => ({
    ...{ step: name, columns: of, parameters },
  });
  const impute = step('impute', 'numeric');

  it('hands on what is a sequence, where its last step makes it and no other feature is beside it', () => {
    const made = step('sequence', 'numeric', { channels: 2 });
    expect(shapeOf([impute, made])).toEqual({ length: 3, channels: 2 });
    expect(shapeOf([impute, made, step('clip', 'numeric')])).toBeUndefined();
    expect(shapeOf([impute, step('sequence', ['a1', 'a2'])])).toBeUndefined();
    expect(shapeOf([impute])).toBeUndefined();
  });
});
