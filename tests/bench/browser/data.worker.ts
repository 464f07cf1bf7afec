/// <reference lib="webworker" />
// Does one piece of work on a file, in a worker as the app does, and answers with the seconds that it took.
import Papa from 'papaparse';
import { readTable } from '#core/data/dataset.ts';
import { numbersIn } from '#core/data/infer/number-column.ts';
import { MISSING_TOKENS } from '#core/data/normalize.ts';
import { plainDatesOf } from '#core/data/readings.ts';
import { profileTable } from '#core/data/profile/profile-table.ts';
import { openDatabase } from '#storage/database.ts';
import { importDataset } from '#storage/datasets.ts';
import { readFile } from '#storage/read-file.ts';
import { hashThreads as threads } from '#workers/hash-threads.ts';

export interface Work {
  readonly kind: 'import' | 'columns' | 'papaparse';
  readonly url: string;
  readonly name: string;
}

export interface Done {
  readonly seconds: number;
  readonly rows: number;
}

const works: Record<Work['kind'], (file: Blob, name: string) => Promise<number>> = {
  /** What the app does with a file: read, typed, stored, profiled. */
  async import(file, name) {
    const { info, table } = await readFile(file, name, { threads });
    const db = await openDatabase(`bench-${String(Date.now())}`);
    await importDataset(db, { info, blob: file });
    await profileTable({ info, table });
    await db.delete();
    return info.rows;
  },

  /** Reads to typed columns: numbers, dates as milliseconds, and texts as the cells that they are. */
  async columns(file, name) {
    const { table } = await readTable(file.stream(), name, { file, size: file.size, threads });
    const typed = table.columns.map(
      (cells) => numbersIn(cells, null) ?? plainDatesOf(cells, MISSING_TOKENS) ?? cells,
    );
    return typed.length === 0 ? 0 : table.rowCount;
  },

  /** Papaparse's parser fed by a decoding loop, its rows counted and thrown away. */
  async papaparse(file) {
    const decoder = new TextDecoder();
    const reader = file.stream().getReader();
    let carry = '';
    let rows = -1;
    for (;;) {
      const { done, value } = await reader.read();
      carry += decoder.decode(value, { stream: !done });
      const parser = new Papa.Parser({ delimiter: ',', newline: '\n', quoteChar: '"' });
      const { data, meta } = parser.parse(carry, 0, !done) as Papa.ParseResult<string[]>;
      rows += data.length;
      carry = carry.slice(meta.cursor);
      if (done) return carry === '' ? rows : rows + 1;
    }
  },
};

self.onmessage = async ({ data }: MessageEvent<Work>) => {
  const file = await (await fetch(data.url)).blob();
  const start = performance.now();
  const rows = await works[data.kind](file, data.name);
  self.postMessage({ seconds: (performance.now() - start) / 1000, rows } satisfies Done);
};
