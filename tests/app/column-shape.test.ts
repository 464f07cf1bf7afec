import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnSchema } from '#core/data/table.ts';
import { histogram } from '#app/column-shape.ts';

function numeric(min: number, max: number, distinct: number): ColumnSchema {
  return {
    name: 'x',
    type: 'numeric',
    dtype: 'float64',
    missing: ['', 'NA'],
    missingCount: 0,
    distinct,
    integer: true,
    min,
    max,
    top: [],
    evidence: '',
  };
}

describe('the histogram of a column', () => {
  it('has one bin per value where there are few, and leaves missing cells out', () => {
    expect(histogram(numeric(1, 3, 3), ['1', ' 1', '2', 'NA', '', '3', '3', '3'])).toEqual([
      2, 1, 3,
    ]);
  });

  it('has one bin for a constant', () => {
    expect(histogram(numeric(5, 5, 1), ['5', '5'])).toEqual([2]);
  });

  it('counts every value once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 }), (values) => {
        const column = numeric(Math.min(...values), Math.max(...values), new Set(values).size);
        const counts = histogram(column, values.map(String));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
        expect(counts.length).toBeLessThanOrEqual(24);
      }),
    );
  });
});
