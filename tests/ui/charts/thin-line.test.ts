import fc from 'fast-check';
import { expect, test } from 'vitest';
import { thinLine, type PixelPoint } from '#ui/charts/thin-line.ts';

test('a long line keeps the first, lowest, highest and last point of each pixel column', () => {
  const column = [5, 9, 1, 4, 7, 6].map((y, i) => ({ x: 3 + i / 10, y }));
  expect(thinLine(column).map((point) => point.y)).toEqual([5, 9, 1, 6]);
});

test('a line with few points stays as it is', () => {
  const points = [0, 10, 20].map((x) => ({ x, y: x * 2 }));
  expect(thinLine(points)).toEqual(points);
});

test('any line keeps its ends, its range in every column, and at most four points a column', () => {
  const lines = fc
    .array(fc.record({ x: fc.double({ min: 0, max: 40, noNaN: true }), y: fc.integer() }), {
      maxLength: 400,
    })
    .map((points) => points.sort((a, b) => a.x - b.x));
  fc.assert(
    fc.property(lines, (points) => {
      const thin = thinLine(points);
      expect(thin[0]).toBe(points[0]);
      expect(thin.at(-1)).toBe(points.at(-1));
      for (let column = 0; column <= 40; column += 1) {
        const before = points.filter((point) => Math.floor(point.x) === column);
        const after = thin.filter((point) => Math.floor(point.x) === column);
        expect(after.length).toBeLessThanOrEqual(4);
        expect(rangeOf(after)).toEqual(rangeOf(before));
      }
    }),
  );
});

function rangeOf(points: readonly PixelPoint[]): readonly [number, number] {
  return [Math.min(...points.map((point) => point.y)), Math.max(...points.map((point) => point.y))];
}
