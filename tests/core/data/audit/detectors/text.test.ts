import { describe, expect, it } from 'vitest';
import { audit } from '#core/data/audit/audit.ts';
import { checkSpec } from '#core/spec/check-spec.ts';
import { proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { readFile } from '../../../../support/read.ts';
import { tableOf } from '../../../../support/language.ts';

const today = { today: '2026-01-31' };
/** Lines that repeat, are blank, number things and are all short: as lines of a text are. */
const play = `${Array.from({ length: 60 }, (_, i) => `ACT ${i % 3}\n\nHAMLET. Words, words, words.\n007\nN/A\n  The rest is silence\nthe rest is silence ${i}\n`).join('\n')}\n`;
const letter = `${play}Write to ann.smith@example.org, please.\n${play}Or to bob@example.com.\n`;

describe('the audit of a plain text', () => {
  it('has nothing against what lines do: they repeat, are blank, and look like numbers', async () => {
    const dataset = await readFile('play.txt', play);
    expect(dataset.info.reading.format).toBe('text');
    expect(await audit(dataset, today)).toEqual([]);
    const spec = proposeWithoutTarget(dataset.info, 'language');
    expect(await audit(dataset, { ...today, spec })).toEqual([]);
  });

  it('nor of a column that a language model is to learn from', async () => {
    const dataset = await readFile('play.csv', tableOf(play));
    const spec = proposeWithoutTarget(dataset.info, 'language');
    expect(await audit(dataset, { ...today, spec })).toEqual([]);
    expect(await audit(dataset, today)).not.toEqual([]);
  });

  it('finds personal data in it, with the lines, which can only be kept with a reason', async () => {
    const dataset = await readFile('letter.txt', letter);
    const [finding, ...more] = await audit(dataset, today);
    expect(more).toEqual([]);
    const line = play.split('\n').length;
    expect(finding).toMatchObject({
      code: 'personal_email',
      severity: 'severe',
      columns: ['text'],
      count: 2,
      rows: [line, 2 * line],
      remedies: [],
    });
    const proposed = proposeWithoutTarget(dataset.info, 'language');
    const decided = (personal: Spec['columns'][string]['personal']): Spec => ({
      ...proposed,
      columns: { text: { personal } },
    });
    const kept = decided({ decision: 'keep', reason: 'They agreed.', by: 'Ann', at: '2026-01-30' });
    expect(() => checkSpec(kept, dataset.info)).not.toThrow();
    expect(await audit(dataset, { ...today, spec: kept })).toMatchObject([{ severity: 'note' }]);
    expect(() => checkSpec(decided({ decision: 'mask' }), dataset.info)).toThrow(
      'columns.text.personal is set, and a language model reads its text as it stands',
    );
  });

  it('finds letters that went wrong between two encodings', async () => {
    const dataset = await readFile('a.txt', `${play}The cafÃ© is closed.\n`);
    expect(await audit(dataset, today)).toMatchObject([{ code: 'broken_encoding', count: 1 }]);
  });

  it('of one short line says nothing, also where no model could be trained', async () => {
    const dataset = await readFile('a.txt', 'To be, or not to be.');
    const spec = proposeWithoutTarget(dataset.info, 'language');
    expect(await audit(dataset, { ...today, spec })).toEqual([]);
  });
});
