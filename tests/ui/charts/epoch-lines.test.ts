import { expect, test } from 'vitest';
import { epochPath, epochScales, epochSummary, epochTable } from '#ui/charts/epoch-lines.ts';
import { layersSummary, layersTable } from '#ui/charts/layer-histograms.ts';
import { epochLines, isSteady, steadyRatesText } from '#ui/pages/run/candidate-curves.ts';

const told = [
  { name: 'baseline', history: [{ epoch: 1 }] },
  {
    name: 'network',
    history: [
      { epoch: 1, validationScore: 0.5, learningRate: 0.01 },
      { epoch: 2, validationScore: null, learningRate: 0.01 },
      { epoch: 4, validationScore: 0.75, learningRate: 0.01 },
    ],
  },
];
const size = { width: 90, height: 50 };

test('candidates that tell a figure have a line in their own colour, without epochs that have none', () => {
  const [line, ...more] = epochLines(told, 'validationScore');
  expect(more).toEqual([]);
  expect(line).toMatchObject({ name: 'network', colour: 'var(--series-1)' });
  expect(line?.points).toEqual([
    { epoch: 1, value: 0.5 },
    { epoch: 4, value: 0.75 },
  ]);
});

test('a rate that stays as it is needs no chart but a sentence', () => {
  const [line] = epochLines(told, 'learningRate');
  const [score] = epochLines(told, 'validationScore');
  if (line === undefined || score === undefined) throw new Error('the network tells both');
  expect([isSteady(line), isSteady(score)]).toEqual([true, false]);
  expect(steadyRatesText([line])).toBe('The learning rate is 0.01 in every epoch.');
  expect(steadyRatesText([line, { ...line, name: 'wide' }])).toBe(steadyRatesText([line]));
  const other = { ...line, name: 'wide', points: [{ epoch: 1, value: 0.0005 }] };
  expect(steadyRatesText([line, other])).toBe(
    'The learning rate is the same in every epoch: 0.01 for network, 0.0005 for wide.',
  );
});

test('lines reach from the first to the last epoch, and a steady one has room around it', () => {
  const scores = epochLines(told, 'validationScore');
  const scales = epochScales(scores, size);
  expect(scores.map((line) => epochPath(line, scales))).toEqual([
    { d: 'M0,50L90,0', end: { x: 90, y: 0 } },
  ]);
  const { y } = epochScales(epochLines(told, 'learningRate'), size);
  expect(y(0.01)).toBeGreaterThan(10);
  expect(y(0.01)).toBeLessThan(40);
  expect(epochScales([], size).x.domain()).toEqual([1, 2]);
});

test('the table and the words tell the same', () => {
  const lines = epochLines(told, 'validationScore');
  expect(epochSummary(lines)).toBe('network: 0.750 at epoch 4');
  expect(epochTable(lines, 'accuracy').rows).toEqual([
    ['network', 1, 0.5],
    ['network', 4, 0.75],
  ]);
});

test('histograms of layers have a row for each bar', () => {
  const histogram = { edges: [-1, 0, 1], counts: [3, 4], unit: false };
  const layers = [
    {
      name: '1 dense',
      weights: histogram,
      activations: { ...histogram, edges: [2, 2], counts: [7] },
    },
    { name: '2 activation', weights: null, activations: histogram },
  ];
  expect(layersTable(layers).rows).toEqual([
    ['1 dense', 'weights', -1, 0, 3],
    ['1 dense', 'weights', 0, 1, 4],
    ['1 dense', 'activations', 2, 2, 7],
    ['2 activation', 'activations', -1, 0, 3],
    ['2 activation', 'activations', 0, 1, 4],
  ]);
  expect(layersSummary(layers)).toBe(
    '1 dense: weights −1.00 to 1.00, activations all 2.00; 2 activation: activations −1.00 to 1.00',
  );
});
