import { join } from 'node:path';
import { openBrowserBench, writeRows } from '../browser-bench.ts';
import type { BenchEntry } from '../entry.ts';

const ROWS = 1_000_000;

export const csv1m: BenchEntry = {
  name: 'csv-1m',
  what: 'a CSV of 1M rows × 12 mixed columns (108 MB) typed, stored and profiled in a Chromium worker',
  peerName: "Papaparse's parser fed by a decoding loop, rows counted and thrown away",
  unit: 's',
  better: 'less',
  repeats: 3,
  prepare: async () => {
    const bench = await openBrowserBench();
    writeRows(join(bench.folder, 'rows.csv'), ROWS);
    const seconds = async (kind: 'import' | 'papaparse'): Promise<number> => {
      const done = await bench.work({ kind, name: 'rows.csv' });
      if (done.rows !== ROWS) throw new Error(`${kind} found ${done.rows} rows, not ${ROWS}.`);
      console.error(`${kind}: peak of the page's process ${done.peakMiB.toFixed(0)} MiB`);
      return done.seconds;
    };
    return {
      ours: () => seconds('import'),
      peer: () => seconds('papaparse'),
      close: bench.close,
    };
  },
};
