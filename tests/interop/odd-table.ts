import { textCells } from '#core/data/text-cells.ts';
import type { Table } from '#core/data/table.ts';
import { noise, tableOf } from '../support/experiment.ts';

/** What a model must bear: names that ONNX, Python or the graph itself use, and values of every kind. */
const names = {
  label: 'label',
  probabilities: 'probabilities',
  value: 'value',
  spaced: 'Bill length (mm) . x',
  unicode: 'naïve ☃ 北京',
  quoted: `it's "quoted" \\ and\ttabbed`,
  inner: 'Cast_12',
  constant: 'constant_3',
  large: 'timestamp.ms',
  sparse: 'N',
} as const;

const islands = ['Biscoe', 'Dréam', '北京', 'a, b', '0', 'x'.repeat(200)];
const sometimes = (row: number, salt: number, share: number, text: string): string =>
  noise(row, salt) < share ? '' : text;

const inputs: Readonly<Record<string, (row: number) => string>> = {
  [names.label]: (row) => sometimes(row, 1, 0.1, (noise(row, 2) * 100).toFixed(2)),
  [names.probabilities]: (row) => sometimes(row, 3, 0.1, islands[row % 4] ?? ''),
  [names.value]: (row) => String(Math.floor(noise(row, 4) * 7) - 3),
  [names.spaced]: (row) => sometimes(row, 5, 0.2, (40 + 8 * noise(row, 6)).toFixed(1)),
  [names.unicode]: (row) => sometimes(row, 7, 0.1, islands[(row * 5) % 6] ?? ''),
  [names.quoted]: (row) => (noise(row, 8) > 0.5 ? 'yes' : 'no'),
  [names.inner]: (row) => (1e-6 * noise(row, 9)).toExponential(5),
  [names.constant]: () => '0.1',
  [names.large]: (row) => String(1_700_000_000_000 + Math.floor(1e9 * noise(row, 10))),
  [names.sparse]: (row) => sometimes(row, 11, 0.9, '5'),
};

/** Hidden truth behind the targets. */
const signal = (row: number): number => noise(row, 2) + 0.5 * noise(row, 6) + noise(row, 8) / 2;

export const targets = {
  kind: (row: number) => ['é', 'B b', 'no.1'][Math.floor(signal(row) * 1.49)] ?? 'é',
  flag: (row: number) => (signal(row) > 1 ? '1' : '0'),
  price: (row: number) => (1e6 + 5000 * signal(row) + 100 * noise(row, 12)).toFixed(2),
} as const;
export type Target = keyof typeof targets;

export const oddCsv = tableOf(150, { ...inputs, ...targets });

/** Rows as they may come later: each a change of a usual one. */
const oddities: readonly Readonly<Record<string, string>>[] = [
  {},
  Object.fromEntries(Object.values(names).map((name) => [name, ''])),
  { [names.label]: 'NA', [names.spaced]: '?', [names.large]: 'null', [names.sparse]: '-' },
  { [names.unicode]: 'never seen', [names.probabilities]: '☃☃☃' },
  { [names.unicode]: ' 北京 ', [names.label]: ' 12.5 ', [names.quoted]: 'YES' },
  { [names.unicode]: 'y'.repeat(5000), [names.probabilities]: 'a\u0000b' },
  { [names.label]: '-0', [names.inner]: '1e-300', [names.value]: '1e5' },
  { [names.label]: '-100000', [names.constant]: '0.2', [names.sparse]: '-1e3' },
  { [names.large]: '1700000000001', [names.constant]: '', [names.probabilities]: '' },
  { [names.unicode]: 'Dre\u0301am', [names.quoted]: '👍🏽' },
];

/** The odd rows, and behind them usual ones, as cells of a file. */
export const oddRows: Table = {
  names: Object.keys(inputs),
  columns: Object.entries(inputs).map(([name, cell]) =>
    textCells(
      Array.from(
        { length: oddities.length + 20 },
        (_, row) => oddities[row]?.[name] ?? cell(500 + row),
      ),
    ),
  ),
  rowCount: oddities.length + 20,
};
