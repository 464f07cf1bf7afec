import { expect, it } from 'vitest';
import { readDataset } from '#core/data/dataset.ts';
import { streamOf, utf8 } from '../../support/csv.ts';
import { expectEndsWell, noise, runDataset, withoutNetwork } from '../../support/experiment.ts';

it('texts with U+0000, up to which onnxruntime-web reads them, are other categories in the graph too', async () => {
  const kinds = ['a', 'a\u0000b', 'a\u0000c', '\u0000', 'z'];
  const rows = Array.from({ length: 150 }, (_, row) => ({
    kind: kinds[row % kinds.length],
    size: noise(row),
    label: (row % kinds.length) % 2 === 0 ? 'x' : 'x\u0000y',
  }));
  const dataset = await readDataset(streamOf(utf8(JSON.stringify(rows))), 'kinds.json');
  const run = await runDataset(dataset, 'label', (spec) => ({
    ...withoutNetwork(spec),
    columns: { kind: { type: 'categorical' } },
  }));
  expectEndsWell(run);
  const { record } = run.outcome;
  expect(record.contract.target.classes).toEqual(['x', 'x\uFFFDy']);
  const best = record.candidates.find(({ name }) => name === record.best);
  expect(best?.metrics.test.accuracy?.value).toBe(1);
});
