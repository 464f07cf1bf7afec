import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readDataset } from '#core/data/dataset.ts';
import { TerrariumError } from '#core/errors.ts';
import { rowsOf, streamOf, utf8 } from '../../support/csv.ts';
import { fuzz } from '../../support/fuzz.ts';

/** Texts of what parsers stumble over. */
const text = fc
  .array(fc.constantFrom('a', 'bc', ',', ',', '"', '""', '\n', '\n', ' ', '5', 'é', '"x"', "'"), {
    maxLength: 40,
  })
  .map((parts) => `h,i\n${parts.join('')}`);

describe('any text has the same records as in Papaparse', () => {
  it('or is refused, where that reports a quote or a row of another length', async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (csv, size) => {
        // To Papaparse a quoted empty text alone in its line is a blank line, and a blank behind the last quote an error.
        fc.pre(!/^"" *$/m.test(csv) && !/" +$/.test(csv));
        const bytes = utf8(csv);
        const cuts = Array.from(
          { length: Math.ceil(bytes.length / size) - 1 },
          (_, i) => (i + 1) * size,
        );
        const peer = Papa.parse<string[]>(csv, { delimiter: ',', newline: '\n', quoteChar: '"' });
        const settings = { delimiter: ',', quote: '"', header: true } as const;
        const ours = await readDataset(streamOf(bytes, cuts), 'x.csv', { settings }).catch(
          (thrown: unknown) => thrown,
        );
        const records = peer.data
          .slice(1)
          .filter((record) => record.length > 1 || (record[0] ?? '').trim() !== '');
        const isBroken =
          peer.errors.some(({ type }) => type === 'Quotes') ||
          records.length === 0 ||
          records.some((record) => record.length !== 2);
        if (isBroken) {
          expect(ours).toBeInstanceOf(TerrariumError);
          return;
        }
        if (ours instanceof Error) throw ours;
        expect(rowsOf(ours as Awaited<ReturnType<typeof readDataset>>)).toEqual(records);
        read += 1;
      }),
      fuzz(3000),
    );
    expect(read).toBeGreaterThan(30);
  });
});
