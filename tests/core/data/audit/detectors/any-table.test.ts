import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audit } from '#core/data/audit/audit.ts';
import { changeSpec } from '#core/spec/change-spec.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { TerrariumError } from '#core/errors.ts';
import { readText, writeCsv } from '../../../../support/csv.ts';
import { randomTable } from '../../../../support/random-table.ts';
import { expectSentence, thrownBy } from '../../../../support/refusal.ts';
import { datasetOf, times } from './audited.ts';

describe('any table', () => {
  it('is audited: sentences, rows that there are, remedies that a spec can take', async () => {
    const plain = await datasetOf({
      a: times(30, (row) => row % 7),
      b: times(30, (row) => row % 2),
    });
    const base = proposeSpec(plain.info, 'b');
    await fc.assert(
      fc.asyncProperty(randomTable, async ({ columns, target, rows }) => {
        const all = [...columns, target];
        const lines = times(rows, (row) => all.map(({ cells }) => cells[row] ?? ''));
        const csv = writeCsv([all.map(({ name }) => name), ...lines]);
        const dataset = await readText(csv).catch((error: unknown) => {
          if (error instanceof TerrariumError) return null; // two columns of one name, say
          throw error;
        });
        if (dataset === null) return;
        const name = dataset.info.columns.at(-1)?.name ?? '';
        const findings = await audit(dataset, { target: name, today: '2026-01-31' });
        for (const { message, why, rows: shown, remedies } of findings) {
          expectSentence(message);
          expectSentence(why);
          expect(shown.every((row) => row >= 1 && row <= dataset.info.rows)).toBe(true);
          expect(shown.length).toBeLessThanOrEqual(20);
          for (const { changes } of remedies) {
            expect(changeSpec(base, changes)).toBeDefined();
          }
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  }, 60_000);

  it('is left when the audit is cancelled', async () => {
    const dataset = await datasetOf({
      a: times(50, (row) => row % 7),
      b: times(50, (row) => row % 2),
    });
    const controller = new AbortController();
    const stopped = thrownBy(() =>
      audit(dataset, {
        target: 'b',
        today: '2026-01-31',
        signal: controller.signal,
        onProgress: (done) => {
          if (done === 3) controller.abort();
        },
      }),
    );
    expect((await stopped).kind).toBe('cancelled');
  });
});
