import { expect, it } from 'vitest';
import type { Layer } from '#core/networks/layer.ts';
import { settledCodes } from '#engine/wgsl/settled-codes.ts';

const embedding: Layer = {
  kind: 'embedding',
  codes: [
    { feature: 1, categories: 5, size: 3 },
    { feature: 2, categories: 300, size: 2 },
  ],
};

it('a code that is missing or that no category has becomes the number behind the last one', () => {
  const values = Float32Array.from([
    ...[NaN, 0, 299],
    ...[-1, NaN, 300],
    ...[0.5, 4, NaN],
    ...[7, 5, -1],
    ...[9, Infinity, -Infinity],
  ]);
  const given = values.slice();
  const settled = settledCodes({ values, width: 3 }, { layers: [embedding] });
  expect([...settled]).toEqual([
    ...[NaN, 0, 299],
    ...[-1, 5, 300],
    ...[0.5, 4, 300],
    ...[7, 5, 300],
    ...[9, 5, 300],
  ]);
  expect(values).toEqual(given);
});

it('numbers of a network without categories are handed on as they stand', () => {
  const values = Float32Array.of(NaN, -1);
  expect(settledCodes({ values, width: 1 }, { layers: [{ kind: 'dense', units: 2 }] })).toBe(
    values,
  );
});
