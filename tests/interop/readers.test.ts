import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gridOf, readFile } from '../support/read.ts';
import { runPython } from './python.ts';

interface Written {
  readonly file: string;
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const files = [
  ...['none', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4'].map((codec) => `${codec}.parquet`),
  ...[
    'groups',
    'plain',
    'v2',
    'pages',
    'delta',
    'delta-length',
    'int96',
    'seconds',
    'nested',
    'dictionary-ends',
  ].map((kind) => `${kind}.parquet`),
  ...['parquet', 'xlsx', 'csv', 'json', 'jsonl'].map((ending) => `frame.${ending}`),
  'openpyxl.xlsx',
];

const folder = mkdtempSync(join(tmpdir(), 'terrarium-readers-'));
let written: readonly Written[] = [];

beforeAll(async () => {
  const script = fileURLToPath(new URL('readers.py', import.meta.url));
  written = JSON.parse(await runPython(script, { args: [folder] })) as readonly Written[];
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('what pandas, pyarrow and openpyxl write is read as they read it, to the last digit', () => {
  it.each(files)('%s', async (file) => {
    const wanted = written.find((one) => one.file === file);
    if (wanted === undefined) throw new Error(`readers.py wrote no ${file}`);
    const dataset = await readFile(file, readFileSync(join(folder, file)));
    expect(gridOf(dataset)).toEqual([wanted.names, ...wanted.rows]);
  });

  it('and every file that was written is among them', () => {
    expect(written.map(({ file }) => file).sort()).toEqual([...files].sort());
  });
});
