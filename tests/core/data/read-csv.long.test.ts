import { expect, it } from 'vitest';
import { everyBytes, readBytes, utf8 } from '../../support/csv.ts';
import { refusalOf } from '../../support/refusal.ts';

it('a quote that opens in row 2 of 24 MB and never closes is refused in seconds', async () => {
  const bytes = utf8(`a,b\n1,"open\n${'12345,67890\n'.repeat(2_000_000)}`);
  const startedAt = performance.now();
  const error = await refusalOf(() => readBytes(bytes, everyBytes(65_536, bytes.length)));
  expect(error.message).toMatch(/\bline 2\b/i);
  expect(performance.now() - startedAt).toBeLessThan(30_000);
}, 300_000);

it('a million rows are read whole', async () => {
  const rows = Array.from({ length: 1_000_000 }, (_, i) => `${i},"k ""${i % 7}""",${i / 8}\r\n`);
  const bytes = utf8(`id,kind,x\r\n${rows.join('')}`);
  const { table, info } = await readBytes(bytes, everyBytes(65_536, bytes.length));
  expect(table.rowCount).toBe(1_000_000);
  expect(table.columns.map((cells) => cells.at(cells.length - 1))).toEqual([
    '999999',
    'k "0"',
    '124999.875',
  ]);
  expect(info.columns.map(({ type }) => type)).toEqual(['identifier', 'categorical', 'numeric']);
}, 120_000);
