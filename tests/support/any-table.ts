import fc from 'fast-check';
import { expect } from 'vitest';
import { describeTask } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { writeCsv } from './csv.ts';
import { endsWellOrRefused, runCsv } from './experiment.ts';
import { fuzz } from './fuzz.ts';
import { randomTable, type RandomTable } from './random-table.ts';

/** The law that any table, with the defaults, ends well or is refused by a sentence. */
export async function expectAnyTableEndsWell(
  runs: number,
  change?: (spec: Spec) => Spec,
): Promise<void> {
  let finished = 0;
  await fc.assert(
    fc.asyncProperty(randomTable, async (table) => {
      const ended = await endsWellOrRefused(runCsv(csvOf(table), table.target.name, change));
      if (ended instanceof Error) {
        expect(ended.kind).toBe('input');
        return;
      }
      finished += 1;
      const { record } = ended.outcome;
      expect(record.contract.task).toBe(describeTask(ended.dataset.info, table.target.name).task);
      expect(record.dataset.rows).toBe(table.rows);
      expect(record.contract.inputs.map(({ name }) => name)).not.toContain(table.target.name);
      if (record.contract.task === 'classification') {
        const counts = record.candidates[0]?.confusion?.test.flat() ?? [];
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(record.split.test);
      }
    }),
    fuzz(runs),
  );
  // Refusing everything would be easy.
  expect(finished).toBeGreaterThan(runs / 3);
}

function csvOf({ columns, target, rows }: RandomTable): string {
  const all = [...columns, target];
  const cells = Array.from({ length: rows }, (_, row) =>
    all.map((column) => column.cells[row] ?? ''),
  );
  return writeCsv([all.map(({ name }) => name), ...cells]);
}
