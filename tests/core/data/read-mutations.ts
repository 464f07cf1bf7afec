import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect } from 'vitest';
import { TerrariumError } from '#core/errors.ts';
import { RandomStream } from '#core/random.ts';
import { utf8, writeCsv } from '../../support/csv.ts';
import { gridOf, readFile } from '../../support/read.ts';
import { bmpOf, gifOf, jpegOf, pngOf, webpOf } from '../../support/images.ts';
import { expectSentence } from '../../support/refusal.ts';
import { plainRows, writeWorkbook } from '../../support/xlsx.ts';
import { checksummed } from './parquet-sample.ts';

/** One input may take so long; a healthy one takes milliseconds. */
const MAX_MS = 5_000;
/** Bytes of what is left of a file where nothing tells its format. */
const MAX_STUMP = 8;

/** A file that a writer other than ours made, and the table in it. */
export interface Original {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly grid: readonly (readonly string[])[];
  /** Whether every byte of data is under a checksum, so that no change of a value can pass. */
  readonly isSealed: boolean;
}

const header = ['id', 'näme', 'x', 'flag'];

/** Rows whose texts are the same in every format. */
function rowsFrom(random: RandomStream): (string | number | boolean | null)[][] {
  const words = ['Ünï', 'plain', '漢🐧', 'a,b', '"q"', 'two\nlines', '007', ''];
  return Array.from({ length: 3 + random.integer(30) }, (_, i) => [
    i * 7,
    words[random.integer(words.length)] ?? '',
    random.integer(4) === 0 ? null : random.integer(1_000_000) / 64,
    random.integer(2) === 0,
  ]);
}

/** Valid files of every format, of random tables. */
export async function originals(random: RandomStream): Promise<Original[]> {
  const rows = rowsFrom(random);
  const texts = rows.map((row) => row.map((value) => (value === null ? '' : String(value))));
  const grid = [header, ...texts];
  const objects = rows.map((row) =>
    Object.fromEntries(row.map((value, i) => [header[i] ?? '', value])),
  );
  const csv = utf8(writeCsv(grid, { quoteAll: true }));
  const half = Math.ceil(rows.length / 2);
  const parts = [texts.slice(0, half), texts.slice(half)].map((part) =>
    utf8(writeCsv([header, ...part])),
  );
  const files: Omit<Original, 'grid'>[] = [
    { name: 'a.csv', bytes: csv, isSealed: false },
    { name: 'a.csv.gz', bytes: gzipSync(csv), isSealed: true },
    {
      name: 'a.json',
      bytes: utf8(JSON.stringify(objects, null, random.integer(3))),
      isSealed: false,
    },
    {
      name: 'a.jsonl',
      bytes: utf8(objects.map((one) => `${JSON.stringify(one)}\n`).join('')),
      isSealed: false,
    },
    { name: 'a.parquet', bytes: parquetOf(rows, random), isSealed: false },
    {
      name: 'a.xlsx',
      bytes: writeWorkbook({ sheets: { S: plainRows([header, ...rows]) } }),
      isSealed: true,
    },
    {
      name: 'a.zip',
      bytes: zipSync(
        { '1.csv': parts[0] ?? csv, '2.csv': parts[1] ?? csv },
        { level: random.integer(2) === 0 ? 0 : 6 },
      ),
      isSealed: true,
    },
  ];
  const lines = ['A text', ...texts.map((row) => row.join(' ').replaceAll('\n', ' '))];
  const prose = utf8(lines.join(['\n', '\r\n', '\r'][random.integer(3)] ?? '\n'));
  const sealed = { name: 'b.parquet', bytes: checksummed, isSealed: false };
  return [
    ...files.map((file) => ({ ...file, grid })),
    ...[
      { name: 'a.txt', bytes: prose, isSealed: false },
      { name: 'a.md.gz', bytes: gzipSync(prose), isSealed: true },
    ].map((file) => ({ ...file, grid: [['text'], ...lines.map((line) => [line])] })),
    { ...sealed, grid: gridOf(await readFile(sealed.name, sealed.bytes)) },
    await imageSet(random),
  ];
}

/** Images of every kind in folders, or named by a CSV. */
async function imageSet(random: RandomStream): Promise<Original> {
  const [width, height] = [1 + random.integer(9), 1 + random.integer(9)];
  const makers = { png: pngOf, jpg: jpegOf, gif: gifOf, webp: webpOf, bmp: bmpOf };
  const images = Object.entries(makers).map(
    ([kind, make], i) => [`${i % 2 === 0 ? 'ä' : 'b'}/${i}.${kind}`, make(width, height)] as const,
  );
  const table = utf8(images.map(([path], i) => `${path},${i % 2}\n`).join(''));
  const files = random.integer(2) === 0 ? images : [...images, ['labels.csv', table] as const];
  const bytes = zipSync(Object.fromEntries(files), { level: random.integer(2) === 0 ? 0 : 6 });
  return { name: 'images.zip', bytes, isSealed: true, grid: gridOf(await readFile('', bytes)) };
}

function parquetOf(rows: readonly (readonly unknown[])[], random: RandomStream): Uint8Array {
  const types = ['INT32', 'STRING', 'DOUBLE', 'BOOLEAN'] as const;
  const columnData = header.map((name, i) => ({
    name,
    data: rows.map((row) => row[i]),
    ...(types[i] === undefined ? {} : { type: types[i] }),
  }));
  const codec = random.integer(2) === 0 ? 'SNAPPY' : 'UNCOMPRESSED';
  return new Uint8Array(
    parquetWriteBuffer({ columnData, codec, rowGroupSize: 1 + random.integer(40) }),
  );
}

/** One change, now and then three: other characters, flipped bits, bytes cut out, put in, doubled or swapped, an end cut off. */
function mutated(bytes: Uint8Array, random: RandomStream): Uint8Array {
  let now = Array.from(bytes);
  for (let changes = random.integer(4) === 0 ? 3 : 1; changes > 0; changes -= 1)
    now = changed(now, random);
  return Uint8Array.from(now);
}

function changed(bytes: number[], random: RandomStream): number[] {
  const at = random.integer(bytes.length + 1);
  const to = Math.min(bytes.length, at + 1 + random.integer(12));
  const odd = [0, 1, 0x7f, 0x80, 0xff, 0x22, 0x2c, 0x0a, 0x7b, 0x5d, 0x30, 0x37, 0x41, 0x20];
  switch (random.integer(7)) {
    case 0:
      return bytes.with(Math.min(at, bytes.length - 1), odd[random.integer(odd.length)] ?? 0);
    case 1:
      return bytes.toSpliced(at, to - at);
    case 2:
      return bytes.toSpliced(at, 0, ...bytes.slice(at, to));
    case 3:
      return bytes.toSpliced(at, 0, 0x30 + random.integer(10), 0x30 + random.integer(75));
    case 4:
      return bytes.slice(0, Math.max(1, at));
    case 5: {
      const other = random.integer(bytes.length);
      const here = Math.min(at, bytes.length - 1);
      return bytes.with(here, bytes[other] ?? 0).with(other, bytes[here] ?? 0);
    }
    default: {
      const here = Math.min(at, bytes.length - 1);
      return bytes.with(here, (bytes[here] ?? 0) ^ (1 << random.integer(8)));
    }
  }
}

export function randomCuts(length: number, random: RandomStream): number[] {
  return Array.from({ length: random.integer(6) }, () => random.integer(length + 1)).sort(
    (a, b) => a - b,
  );
}

/**
 * Reads spoilt bytes: they must give a table of equally long columns, or a refusal for people, in time.
 * @returns whether they were read
 */
async function survive(
  { name, grid, isSealed }: Original,
  bytes: Uint8Array,
  cuts: readonly number[],
): Promise<boolean> {
  const startedAt = performance.now();
  try {
    const dataset = await readFile(name, bytes, { cuts });
    const read = gridOf(dataset);
    expect(new Set(read.map((row) => row.length)).size).toBe(1);
    expect(dataset.info.rows).toBe(read.length - 1);
    // A stump of a few bytes that lost its mark is a small text, and no archive any more.
    if (isSealed && bytes.length > MAX_STUMP)
      expect(read, 'a sealed value changed without a word').toEqual(grid);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof TerrariumError)) throw thrown;
    expect(thrown.kind, thrown.message).toBe('input');
    expectSentence(thrown.message);
    return false;
  } finally {
    expect(performance.now() - startedAt).toBeLessThan(MAX_MS);
  }
}

/** Reads so many spoilt files in turn. A failure names the case, which makes the same bytes again. */
export async function surviveMany(
  count: number,
  seed: number,
): Promise<{ read: number; refused: number }> {
  const tally = { read: 0, refused: 0 };
  for (let round = 0; tally.read + tally.refused < count; round += 1) {
    const random = new RandomStream(seed + round);
    for (const original of await originals(random)) {
      const bytes = mutated(original.bytes, random);
      try {
        const isRead = await survive(original, bytes, randomCuts(bytes.length, random));
        tally[isRead ? 'read' : 'refused'] += 1;
      } catch (cause) {
        const spoilt = Buffer.from(bytes).toString('base64').slice(0, 4000);
        throw new Error(`${original.name} of round ${round}, seed ${seed}: ${spoilt}`, { cause });
      }
    }
  }
  return tally;
}
