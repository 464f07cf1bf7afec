import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowOf } from '#ui/widgets/windowing.ts';

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
