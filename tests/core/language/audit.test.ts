import { expect, it } from 'vitest';
import { audit } from '#core/data/audit/audit.ts';
import { proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import { readText } from '../../support/csv.ts';
import { sampleText, tableOf } from '../../support/language.ts';

it('a text that a language model learns from is audited however few its lines are, and no line leaks', async () => {
  const line = sampleText.replaceAll('\n', ' ');
  for (const text of [line, `${sampleText}\n${sampleText}`]) {
    const dataset = await readText(tableOf(text));
    const spec = proposeWithoutTarget(dataset.info, 'language');
    const codes = (await audit(dataset, { spec, today: '2026-01-31' })).map(({ code }) => code);
    expect(codes.filter((code) => /train/.test(code))).toEqual([]);
  }
});
