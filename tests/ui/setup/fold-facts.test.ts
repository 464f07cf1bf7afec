import { expect, it } from 'vitest';
import { foldColumns } from '#ui/pages/setup/fold-facts.ts';

const texts = (...[folds, target]: Parameters<typeof foldColumns>) =>
  foldColumns(folds, target).map(({ label, textOf }) => [label, ...folds.map(textOf)]);

it('says how many rows a fold has, and the classes of its test rows with their shares', () => {
  const folds = [
    { train: 60, test: 20, classes: { ill: 5, well: 15 } },
    { train: 61, test: 19, classes: { ill: 4, well: 15 } },
  ];
  expect(texts(folds, 'outcome')).toEqual([
    ['Training rows', '60', '61'],
    ['Test rows', '20', '19'],
    ['ill', '5 · 25.0%', '4 · 21.1%'],
    ['well', '15 · 75.0%', '15 · 78.9%'],
  ]);
});

it('speaks of windows where a text is dealt', () => {
  const labels = foldColumns([{ train: 9, test: 3 }], 'character', 'window').map(
    ({ label }) => label,
  );
  expect(labels).toEqual(['Training windows', 'Test windows']);
});

it('says the groups, the times and the mean of a quantity, where there are any', () => {
  const times = { from: '2024-01-01T08:00', to: '2024-02-01' };
  expect(texts([{ train: 9, test: 3, targetMean: 1.25, groups: 2, times }], 'price')).toEqual([
    ['Training rows', '9'],
    ['Test rows', '3'],
    ['Groups', '2'],
    ['From', '2024-01-01 08:00'],
    ['To', '2024-02-01'],
    ['Mean of price', '1.25'],
  ]);
});

it('shows the most frequent of many classes', () => {
  const classes = { a: 1, b: 9, c: 3, d: 8, e: 7 };
  expect(texts([{ train: 9, test: 28, classes }], 'kind').map(([label]) => label)).toEqual([
    'Training rows',
    'Test rows',
    'b',
    'd',
    'e',
    'c',
  ]);
});
