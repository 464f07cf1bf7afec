import { expect, test } from 'vitest';
import {
  curvePaths,
  curveReading,
  curveScales,
  curveTable,
  initialCurveView,
  toggled,
  type Curve,
} from '#ui/charts/learning-curve.ts';

const size = { width: 100, height: 50 };
const baseline: Curve = {
  name: 'majority',
  colour: 'grey',
  points: [{ epoch: 1, trainLoss: 1.1, validationLoss: null }],
};
const network: Curve = {
  name: 'network',
  colour: 'green',
  points: [
    { epoch: 1, trainLoss: 1, validationLoss: 1.2 },
    { epoch: 2, trainLoss: 0.5, validationLoss: 0.7 },
    { epoch: 3, trainLoss: 0.25, validationLoss: 0.6 },
  ],
};
const curves = [baseline, network];

test('every visible candidate gives a line for its training and one for its validation rows', () => {
  const scales = curveScales(curves, initialCurveView, size, false);
  const ids = curvePaths(curves, initialCurveView, scales).map((path) => path.id);
  expect(ids).toEqual([
    'training:majority',
    'validation:majority',
    'training:network',
    'validation:network',
  ]);
});

test('lines end where the scales put the last epoch', () => {
  const scales = curveScales(curves, initialCurveView, size, false);
  const training = curvePaths([network], initialCurveView, scales)[0];
  expect(training?.end).toEqual({ x: 100, y: scales.y(0.25) });
});

test('while it runs, the right end stays put from epoch to epoch', () => {
  const at = (epochs: number) => {
    const points = Array.from({ length: epochs }, (_, i) => ({
      epoch: i + 1,
      trainLoss: 1,
      validationLoss: 1,
    }));
    return curveScales([{ ...network, points }], initialCurveView, size, true).x.domain()[1];
  };
  expect([at(3), at(9), at(12), at(18), at(19)]).toEqual([10, 10, 20, 20, 50]);
});

test('hiding takes lines away and fits the scale to what is left; doing it again brings them back', () => {
  const hidden = toggled(toggled(initialCurveView, 'majority'), 'part:validation');
  const scales = curveScales(curves, hidden, size, false);
  expect(curvePaths(curves, hidden, scales).map((path) => path.id)).toEqual(['training:network']);
  expect(scales.y.domain()[1]).toBe(1);
  expect(toggled(toggled(hidden, 'majority'), 'part:validation')).toEqual(initialCurveView);
});

test('a logarithmic scale leaves losses of zero out', () => {
  const view = { ...initialCurveView, scale: 'log' as const };
  const points = [...network.points, { epoch: 4, trainLoss: 0, validationLoss: 0.5 }];
  const scales = curveScales([{ ...network, points }], view, size, false);
  const training = curvePaths([{ ...network, points }], view, scales)[0];
  expect(training?.end?.x).toBe(scales.x(3));
  expect(scales.y.domain()[0]).toBeGreaterThan(0);
});

test('one epoch is read out in words, with a candidate that had ended by then', () => {
  expect(curveReading(curves, { ...initialCurveView, epoch: 2 })).toBe(
    'Epoch 2. majority: training 1.10 (ended at epoch 1); network: training 0.500, validation 0.700',
  );
});

test('the table behind it holds every epoch', () => {
  expect(curveTable(curves).rows).toEqual([
    ['majority', 1, 1.1, null],
    ['network', 1, 1, 1.2],
    ['network', 2, 0.5, 0.7],
    ['network', 3, 0.25, 0.6],
  ]);
});
