import { expect, it } from 'vitest';
import { readDataset } from '#core/data/dataset.ts';
import { refusalOf } from '../../support/refusal.ts';

/** So many megabytes of one line, made as they are read. */
function line(megabytes: number): ReadableStream<Uint8Array> {
  let left = megabytes;
  return new ReadableStream({
    pull(controller) {
      if (left === 0) controller.close();
      else controller.enqueue(new Uint8Array(1_000_000).fill(97 + (left % 7)));
      left -= 1;
    },
  });
}

it('a line of a hundred megabytes is one row', async () => {
  const { table, info } = await readDataset(line(100), 'line.txt', { size: 100_000_000 });
  expect(info.rows).toBe(1);
  expect(table.columns[0]?.at(0).length).toBe(100_000_000);
  expect(info.columns[0]?.evidence).toContain('100,000,000 characters in 1 line');
}, 60_000);

it('a line that no browser could hold is refused before all of it was read', async () => {
  const refusal = await refusalOf(() => readDataset(line(300), 'line.txt'));
  expect(refusal).toMatchObject({ code: 'line_too_long' });
  expect(refusal.message).toContain('256 MiB');
}, 60_000);
