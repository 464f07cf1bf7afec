import { expect, test } from 'vitest';
import type { BenchEntry } from './entry.ts';
import { measure, median } from './measure.ts';
import { benchTable, replaceTable } from './table.ts';

/** An entry whose sides take the given values in turn, and a log of the order in which they were asked. */
function entryOf(ours: number[], peer: number[], repeats: number) {
  const order: string[] = [];
  const entry: BenchEntry = {
    name: 'x',
    what: 'a thing',
    peerName: 'y',
    unit: 's',
    better: 'less',
    repeats,
    prepare: async () => ({
      ours: async () => (order.push('ours'), ours.shift() ?? NaN),
      peer: async () => (order.push('peer'), peer.shift() ?? NaN),
      close: async () => void order.push('close'),
    }),
  };
  return { entry, order };
}

test('the two sides are measured in turns, and the first pair warms up', async () => {
  const { entry, order } = entryOf([99, 1, 2, 6], [99, 4, 4, 5], 3);
  expect(await measure(entry, () => undefined)).toEqual({
    ...{ name: 'x', ours: 2, peer: 4, ratio: 0.5, unit: 's', peerName: 'y' },
  });
  expect(order.join(' ')).toBe('ours peer ours peer ours peer ours peer close');
});

test('what is the same every time is measured once', async () => {
  const { entry, order } = entryOf([10], [40], 1);
  expect((await measure(entry, () => undefined)).ratio).toBe(0.25);
  expect(order).toEqual(['ours', 'peer', 'close']);
});

test('what else stands beside ours is measured once, behind the turns, and has a row of its own', async () => {
  const { entry, order } = entryOf([99, 1, 2, 6], [99, 4, 4, 5], 3);
  const beside = { name: 'z', measure: async () => (order.push('beside'), 8) };
  const both: BenchEntry = {
    ...entry,
    prepare: async () => ({ ...(await entry.prepare()), beside }),
  };
  const result = await measure(both, () => undefined);
  expect(result).toMatchObject({ peer: 4, beside: { peerName: 'z', peer: 8, ratio: 0.25 } });
  expect(order.slice(-3)).toEqual(['peer', 'beside', 'close']);
  const table = benchTable([{ entry: both, result }], new Date('2026-01-02T12:00:00Z'));
  expect(table).toContain('| y | 2 | 4 | s | 0.5 | less |');
  expect(table).toContain('| `x` | a thing | z | 2 | 8 | s | 0.25 | less |');
});

test('a failure closes what was prepared', async () => {
  const { entry, order } = entryOf([1], [1], 1);
  const { prepare } = entry;
  const failing: BenchEntry = {
    ...entry,
    prepare: async () => ({ ...(await prepare()), peer: () => Promise.reject(new Error('no')) }),
  };
  await expect(measure(failing, () => undefined)).rejects.toThrow('no');
  expect(order).toEqual(['ours', 'close']);
});

test('the median is the middle, or the mean of the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([5])]).toEqual([2, 2.5, 5]);
  expect(() => median([])).toThrow(RangeError);
});

test('the table goes between its markers and nothing else changes', () => {
  const { entry } = entryOf([], [], 1);
  const result = { name: 'x', ours: 2, peer: 4, ratio: 0.5, unit: 's', peerName: 'y' };
  const table = benchTable([{ entry, result }], new Date('2026-01-02T12:00:00Z'));
  expect(table).toContain('Measured on 2026-01-02 with Node');
  expect(table).toContain('| `x` | a thing | y | 2 | 4 | s | 0.5 | less |');

  const before = 'a\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nb\n';
  const after = replaceTable(before, table);
  expect(after).toMatch(/^a\n<!-- bench:begin -->\n\nMeasured [^]*\n\n<!-- bench:end -->\nb\n$/);
  expect(after).not.toContain('old');
  expect(replaceTable(after, table)).toBe(after);
  expect(() => replaceTable('no markers', table)).toThrow('lacks');
});
