import { expect, test } from 'vitest';
import { openDraft } from '#app/kept-drafts.ts';
import { readDataset } from '#core/data/dataset.ts';
import type { ReadSettings } from '#core/data/read/settings.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';

/** A date column, a number and a target, read as settled. */
async function visits(settings: ReadSettings = {}) {
  const rows = Array.from({ length: 40 }, (_, i) => `0${(i % 9) + 1}/04/2025,${i % 7},${i % 2}`);
  const text = `day,visits,rain\n${rows.join('\n')}\n`;
  return (await readDataset(new Blob([text]).stream(), 'visits.csv', { settings })).info;
}

test('a draft belongs to a reading: another reading has its own, and the way back finds the first', async () => {
  const [found, dayFirst] = [await visits(), await visits({ dates: 'day_first' })];
  const open = (info: typeof found) =>
    openDraft('visits?target=rain', info, () => proposeSpec(info, 'rain'));
  const draft = open(found);
  draft.change({ ...draft.spec, seed: 7 });
  expect(open(dayFirst).spec.data.read).toEqual({ dates: 'day_first' });
  expect(open(dayFirst).spec.seed).not.toBe(7);
  expect(open(found)).toBe(draft);
  expect(open(await visits())).toBe(draft);
});
