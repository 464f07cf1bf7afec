import { expect, test } from 'vitest';
import {
  dotsPath,
  drawnUnit,
  nearestPoint,
  pointsIn,
  predictedPanel,
  residualPanel,
  residualReading,
} from '#ui/charts/residuals.ts';
import { ticksOf } from '#ui/charts/ticks.ts';

const points = [
  { actual: 0, predicted: 2 },
  { actual: 10, predicted: 9 },
];

test('a perfect prediction lies on the diagonal of one panel and on the zero line of the other', () => {
  const perfect = { actual: 5, predicted: 5 };
  const [x, y] = predictedPanel(points, 200).place(perfect);
  expect(x + y).toBeCloseTo(200, 9);
  const panel = residualPanel(points, 300, 200);
  expect(panel.place(perfect)[1]).toBe(panel.perfect[1]);
  expect(panel.y(0)).toBe(100);
});

test('a prediction that is too high lies below the zero line', () => {
  const panel = residualPanel(points, 300, 200);
  expect(panel.place({ actual: 0, predicted: 2 })[1]).toBeGreaterThan(panel.y(0));
  expect(residualReading(points[0])).toBe('actual 0, predicted 2.00, residual \u22122.00');
});

test('pointing finds the nearest row', () => {
  const panel = predictedPanel(points, 200);
  expect(nearestPoint(points, panel, 190, 30)).toBe(1);
  expect(nearestPoint(points, panel, 5, 150)).toBe(0);
  expect(nearestPoint([], predictedPanel([], 200), 5, 5)).toBeNull();
});

test('rows that are all alike still have axes', () => {
  const alike = [{ actual: 3, predicted: 3 }];
  expect(dotsPath(alike, predictedPanel(alike, 200))).toBe('M100.0,100.0h0');
  expect(dotsPath(alike, residualPanel(alike, 200, 100))).toBe('M100.0,50.0h0');
});

test('values near the largest number have places and ticks, in another unit', () => {
  const far = [
    { actual: 1.7e308, predicted: -1.7e308 },
    { actual: -1.7e308, predicted: 1e308 },
  ];
  expect(drawnUnit(points)).toBe(1);
  expect(pointsIn(points, 1)).toBe(points);
  expect(drawnUnit(far)).toBe(1e308);
  expect(drawnUnit([])).toBe(1);
  const drawn = pointsIn(far, drawnUnit(far));
  for (const panel of [predictedPanel(drawn, 200), residualPanel(drawn, 300, 200)]) {
    const places = drawn.flatMap((point) => panel.place(point));
    const ticks = [panel.x, panel.y].flatMap((scale) => ticksOf(scale, 5));
    expect([...places, ...ticks.map(({ at }) => at)].every(Number.isFinite)).toBe(true);
    expect(ticks.length).toBeGreaterThan(4);
    expect(ticks.map(({ text }) => text).join()).not.toMatch(/NaN|Infinity/);
  }
});
