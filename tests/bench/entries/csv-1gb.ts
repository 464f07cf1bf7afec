import { join } from 'node:path';
import { openBrowserBench, writeRows } from '../browser-bench.ts';
import type { BenchEntry } from '../entry.ts';

const ROWS = 10_000_000;

export const csv1gb: BenchEntry = {
  name: 'csv-1gb',
  what: 'a CSV of 10M rows × 12 mixed columns (1.1 GB) typed, stored and profiled in a Chromium worker',
  peerName: 'the same with a tenth of the rows',
  unit: 's',
  better: 'less',
  repeats: 1,
  prepare: async () => {
    const bench = await openBrowserBench();
    const seconds = async (name: string, rows: number): Promise<number> => {
      const done = await bench.work({ kind: 'import', name });
      if (done.rows !== rows) throw new Error(`${name} has ${done.rows} rows, not ${rows}.`);
      console.error(`${rows} rows: peak of the page's process ${done.peakMiB.toFixed(0)} MiB`);
      return done.seconds;
    };
    writeRows(join(bench.folder, 'all.csv'), ROWS);
    writeRows(join(bench.folder, 'tenth.csv'), ROWS / 10);
    return {
      ours: () => seconds('all.csv', ROWS),
      peer: () => seconds('tenth.csv', ROWS / 10),
      close: bench.close,
    };
  },
};
