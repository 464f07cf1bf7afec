import { describe, expect, test } from 'vitest';
import {
  lossDots,
  nearestStep,
  ratePath,
  rateReading,
  rateScales,
  rateTable,
  rateTicks,
} from '#ui/charts/rate-chart.ts';

const points = [
  { rate: 1e-4, loss: 1, smoothed: 1 },
  { rate: 1e-3, loss: 0.5, smoothed: 0.8 },
  { rate: 1e-2, loss: 9, smoothed: 2 },
];
const size = { width: 200, height: 100 };

describe('a chart of losses by learning rate', () => {
  test('lays rates out on their logarithms, and losses from 0 to the highest smoothed one', () => {
    const { x, y } = rateScales({ points }, size);
    expect(points.map(({ rate }) => Math.round(x(rate)))).toEqual([0, 100, 200]);
    expect(y.domain()).toEqual([0, 2]);
    expect(ratePath({ points }, { x, y })).toBe('M0,50L100,60L200,0');
  });

  test('has powers of ten below, as many as there is room for', () => {
    const scales = rateScales({ points }, size);
    expect(rateTicks(scales, 9).map(({ text }) => text)).toEqual(['1e−4', '1e−3', '1e−2']);
    expect(rateTicks(scales, 2).map(({ text }) => text)).toEqual(['1e−4', '1e−2']);
  });

  test('ends its axis at twice the first loss, and the line there', () => {
    const wild = [...points, { rate: 1e-1, loss: 70, smoothed: 40 }];
    const scales = rateScales({ points: wild }, size);
    expect(scales.y.domain()).toEqual([0, 2]);
    expect(ratePath({ points: wild }, scales).match(/[ML]/g)).toHaveLength(3);
  });

  test('ends at twice the first loss that there is', () => {
    const late = [{ rate: 1e-5, loss: 0, smoothed: 0 }, ...points];
    expect(rateScales({ points: late }, size).y.domain()).toEqual([0, 2]);
  });

  test('leaves out dots that lie above its axis', () => {
    const scales = rateScales({ points }, size);
    expect(lossDots({ points }, scales)).toBe('M0.0,50.0h0M100.0,75.0h0');
  });

  test('reads the step that is nearest', () => {
    const scales = rateScales({ points }, size);
    expect(nearestStep({ points }, scales, 60)).toBe(1);
    expect(nearestStep({ points }, scales, -5)).toBe(0);
    expect(rateReading({ points }, 1)).toBe(
      'Step 2, at a learning rate of 0.001: smoothed loss 0.800, the step’s own 0.500',
    );
    expect(rateReading({ points }, null)).toBe('');
  });

  test('stands in a table', () => {
    expect(rateTable({ points }).rows[2]).toEqual([3, 1e-2, 2, 9]);
  });

  test('has axes where all losses are 0', () => {
    const { y } = rateScales({ points: [{ rate: 1, loss: 0, smoothed: 0 }] }, size);
    expect(y(0)).toBe(100);
  });
});
