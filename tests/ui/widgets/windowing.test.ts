import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrollToRow, windowOf } from '#ui/widgets/windowing.ts';

describe('the window over a long table', () => {
  it('draws the rows in view and one more', () => {
    expect(windowOf({ total: 1000, rowPx: 32, scrollPx: 320, viewportPx: 320 })).toEqual({
      first: 10,
      count: 11,
      beforePx: 320,
      afterPx: (1000 - 21) * 32,
    });
  });

  it('draws all of a short table', () => {
    const view = windowOf({ total: 3, rowPx: 32, scrollPx: 0, viewportPx: 320 });
    expect(view).toEqual({ first: 0, count: 3, beforePx: 0, afterPx: 0 });
  });

  it('never leaves the table, keeps its height, and reaches its end', () => {
    const sizes = fc.record({
      total: fc.integer({ min: 0, max: 5_000_000 }),
      viewportPx: fc.integer({ min: 100, max: 2_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(sizes, ({ total, viewportPx, share }) => {
        const rowPx = 32;
        const heightPx = Math.min(total * rowPx, 16_000_000);
        const lastPx = Math.max(0, heightPx - viewportPx);
        const at = (scrollPx: number) => windowOf({ total, rowPx, scrollPx, viewportPx });
        const view = at(share * lastPx);
        expect(view.first).toBeGreaterThanOrEqual(0);
        expect(view.first + view.count).toBeLessThanOrEqual(total);
        expect(view.beforePx + view.count * rowPx + view.afterPx).toBeCloseTo(heightPx, 3);
        expect(view.afterPx).toBeGreaterThanOrEqual(-0.001);
        const end = at(lastPx);
        expect(end.first + end.count).toBe(total);
        expect(at(0).first).toBe(0);
      }),
    );
  });
});

it('draws a row that it scrolls to, in a short table and in one taller than browsers allow', () => {
  for (const total of [1, 5, 344, 1_000_000, 30_000_000]) {
    for (const row of [0, 1, Math.floor(total / 2), total - 1]) {
      if (row >= total) continue;
      const view = { total, rowPx: 32, viewportPx: 416 };
      const scrollPx = scrollToRow(row, view);
      const { first, count } = windowOf({ ...view, scrollPx });
      expect(first, `row ${row} of ${total}`).toBeLessThanOrEqual(row);
      expect(first + count, `row ${row} of ${total}`).toBeGreaterThan(row);
    }
  }
});
