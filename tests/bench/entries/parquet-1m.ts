import { join } from 'node:path';
import { repository } from '#cli/prepare.mjs';
import { runPython } from '../../interop/python.ts';
import { ensurePython } from '../../runner/requirements.mjs';
import { openBrowserBench, writeRows } from '../browser-bench.ts';
import type { BenchEntry } from '../entry.ts';

const ROWS = 1_000_000;
const script = join(repository, 'tests', 'bench', 'peers', 'to_parquet.py');

export const parquet1m: BenchEntry = {
  name: 'parquet-1m',
  what: 'a Parquet file of 1M rows × 12 mixed columns (42 MB) read to typed columns in a Chromium worker',
  peerName: 'the same rows from CSV (108 MB), read by the same code',
  unit: 's',
  better: 'less',
  repeats: 5,
  prepare: async () => {
    const missing = await ensurePython();
    if (missing !== undefined) throw new Error(missing);
    const bench = await openBrowserBench();
    const csv = join(bench.folder, 'rows.csv');
    writeRows(csv, ROWS);
    await runPython(script, { args: [csv, join(bench.folder, 'rows.parquet')] });
    const seconds = async (name: string): Promise<number> => {
      const done = await bench.work({ kind: 'columns', name });
      if (done.rows !== ROWS) throw new Error(`${name} has ${done.rows} rows, not ${ROWS}.`);
      return done.seconds;
    };
    return {
      ours: () => seconds('rows.parquet'),
      peer: () => seconds('rows.csv'),
      close: bench.close,
    };
  },
};
