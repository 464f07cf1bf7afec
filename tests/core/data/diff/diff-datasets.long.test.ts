import { expect, it } from 'vitest';
import { readDataset } from '#core/data/dataset.ts';
import { diffDatasets } from '#core/data/diff/diff-datasets.ts';

const rows = 1_000_000;

/** A million rows of six columns; every thousandth height is another in the later version. */
function table(later: boolean) {
  const lines = function* () {
    yield 'id,height,weight,colour,day,note\n';
    for (let i = later ? 10 : 0; i < rows + (later ? 10 : 0); i += 1) {
      const height = (i % 977) / 10 + (later && i % 1000 === 0 ? 1 : 0);
      yield `k${i},${height},${i % 313},${'rgb'.charAt(i % 3)},2024-01-0${(i % 9) + 1},n${i % 7919}\n`;
    }
  };
  const encoder = new TextEncoder();
  const each = lines();
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      let text = '';
      for (let i = 0; i < 5_000; i += 1) {
        const { value, done } = each.next();
        if (done === true) break;
        text += value;
      }
      if (text === '') controller.close();
      else controller.enqueue(encoder.encode(text));
    },
  });
  return readDataset(stream, 'table.csv');
}

it('compares a million rows, with a key and without', { timeout: 300_000 }, async () => {
  const [before, after] = [await table(false), await table(true)];
  const began = performance.now();
  const keyed = await diffDatasets(before, after, { key: 'id' });
  const keyedMs = performance.now() - began;
  expect(keyed.rows).toMatchObject({ added: 10, removed: 10, changed: 1000 - 1 + 0 });
  const whole = await diffDatasets(before, after, { key: null });
  const wholeMs = performance.now() - began - keyedMs;
  expect(whole.rows).toMatchObject({ added: 10 + 999, removed: 10 + 999 });
  console.log(`with a key ${keyedMs.toFixed(0)} ms, without ${wholeMs.toFixed(0)} ms`);
});
