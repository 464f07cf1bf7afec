import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { cancelledError } from '#core/errors.ts';
import { everyBytes } from '../../support/csv.ts';
import { doubtsOf, gridOf, readFile } from '../../support/read.ts';
import { refusalOf } from '../../support/refusal.ts';
import { checksummed } from './parquet-sample.ts';

function write(options: Parameters<typeof parquetWriteBuffer>[0]): Uint8Array {
  return new Uint8Array(parquetWriteBuffer(options));
}
const read = (bytes: Uint8Array) => readFile('table.parquet', bytes);
const refused = (bytes: Uint8Array) => refusalOf(() => read(bytes));

const plain = write({
  columnData: [
    { name: 'n', data: [1, null, 3], type: 'INT32' },
    { name: 'x', data: [0.1, -2.5e300, null], type: 'DOUBLE' },
    { name: 'big', data: [1n, -5n, 9007199254740991n], type: 'INT64' },
    { name: 'past', data: [1n, null, 9007199254740993n], type: 'INT64' },
    { name: 'name', data: ['Ünï', null, '漢🐧'], type: 'STRING' },
    { name: 'yes', data: [true, false, null], type: 'BOOLEAN' },
    { name: 'at', data: [new Date(0), null, new Date(1.7e12 + 7)], type: 'TIMESTAMP' },
  ],
});

describe('the columns of a Parquet file', () => {
  it('keep their numbers as numbers, and all else as exact text', async () => {
    const dataset = await read(plain);
    expect(gridOf(dataset)).toEqual([
      ['n', 'x', 'big', 'past', 'name', 'yes', 'at'],
      ['1', '0.1', '1', '1', 'Ünï', 'true', '1970-01-01T00:00:00'],
      ['', '-2.5e+300', '-5', '', '', 'false', ''],
      ['3', '', '9007199254740991', '9007199254740993', '漢🐧', '', '2023-11-14T22:13:20.007'],
    ]);
    const { columns } = dataset.table;
    const stored = columns.map(({ numbers }) => numbers !== null);
    expect(stored).toEqual([true, true, true, false, false, false, false]);
    expect(columns[0]?.numbers).toEqual(Float64Array.of(1, NaN, 3));
    expect(dataset.info.reading).toEqual({ format: 'parquet' });
  });

  it('become text where a number is infinite, so that it can be pointed at', async () => {
    const data = [1.5, Infinity, NaN, -2];
    const { table, info } = await read(
      write({ columnData: [{ name: 'x', data, type: 'DOUBLE' }] }),
    );
    expect(table.columns[0]?.numbers).toBeNull();
    expect(table.columns[0]?.slice(0, 4)).toEqual(['1.5', 'Infinity', '', '-2']);
    expect(info.columns[0]?.evidence).toContain('row 2');
  });

  it('of decimals are exact however they are stored, in a dictionary or on a page', async () => {
    const [low, high] = [Uint8Array.of(0xff, 0x85), Uint8Array.of(0x04, 0xd2)];
    const schema = [
      { name: 'root', num_children: 1 },
      {
        name: 'd',
        type: 'BYTE_ARRAY',
        logical_type: { type: 'DECIMAL', scale: 2, precision: 9 },
      },
    ] satisfies SchemaElement[];
    for (const encoding of ['PLAIN', 'RLE_DICTIONARY'] as const) {
      const data = [low, high, high, low];
      const dataset = await read(write({ columnData: [{ name: 'd', data, encoding }], schema }));
      expect(gridOf(dataset).slice(1)).toEqual([['-1.23'], ['12.34'], ['12.34'], ['-1.23']]);
    }
  });

  it('of structs are dotted, of lists and maps JSON text; pages with checksums are read', async () => {
    const dataset = await read(checksummed);
    expect(gridOf(dataset).slice(0, 5)).toEqual([
      ['n', 't', 'l', 'm', 's.a', 's.b.c'],
      ['1', 'é', '[1,2]', '[{"key":"k","value":1.5}]', '1', '["x"]'],
      ['2', 'b', '[]', '[]', '', ''],
      ['', '', '', '', '', ''],
      ['4', 'c', '[3,null]', '[{"key":"a","value":null},{"key":"b","value":2}]', '2', ''],
    ]);
    expect(doubtsOf(dataset)).toContain('Column "l" holds lists');
  });

  it('are read over many row groups, dictionaries and pages, wherever the stream is cut', async () => {
    const rows = 20_000;
    const bytes = write({
      columnData: [
        { name: 'i', data: Int32Array.from({ length: rows }, (_, i) => i * 3) },
        { name: 'k', data: Array.from({ length: rows }, (_, i) => `k${i % 7}`) },
        {
          name: 'm',
          data: Array.from({ length: rows }, (_, i) => (i % 5 === 0 ? null : i / 8)),
          type: 'DOUBLE',
        },
      ],
      rowGroupSize: 3000,
      pageSize: 4000,
    });
    const seen: number[] = [];
    const { table, info } = await readFile('t', bytes, {
      cuts: everyBytes(777, bytes.length),
      onProgress: (_, count) => seen.push(count),
    });
    expect(table.rowCount).toBe(rows);
    expect(table.columns.map((cells) => cells.at(12_345))).toEqual(['37035', 'k4', '']);
    expect(table.columns.map((cells) => cells.at(rows - 1))).toEqual(['59997', 'k0', '2499.875']);
    expect(info.columns[1]?.distinct).toBe(7);
    expect(seen).toContain(3000);
    expect(seen.at(-1)).toBe(rows);
  });
});

/** A footer of our own before the last eight bytes. */
function withFooter(footer: readonly number[]): Uint8Array {
  const magic = [0x50, 0x41, 0x52, 0x31];
  const length = [footer.length & 255, footer.length >> 8, 0, 0];
  return Uint8Array.from([...magic, 0, 0, 0, 0, ...footer, ...length, ...magic]);
}

describe('a Parquet file that is', () => {
  it.each([
    ['cut in half', plain.slice(0, plain.length / 2), 'parquet_cut'],
    ['cut by a byte', plain.slice(0, -1), 'parquet_cut'],
    ['only its mark', plain.slice(0, 4), 'parquet_cut'],
    [
      'its mark twice',
      Uint8Array.from([...plain.slice(0, 4), ...plain.slice(0, 4)]),
      'parquet_cut',
    ],
    ['without rows', write({ columnData: [{ name: 'a', data: [], type: 'INT32' }] }), 'no_rows'],
    [
      'a footer longer than itself',
      plain.map((b, i) => (i === plain.length - 6 ? 255 : b)),
      'parquet_damaged',
    ],
    ['a footer of nothing', withFooter([]), 'parquet_damaged'],
    ['a footer of zeros', withFooter(new Array<number>(40).fill(0)), 'parquet_damaged'],
    [
      'a footer with a number that never ends',
      withFooter(new Array<number>(60_000).fill(255)),
      'parquet_damaged',
    ],
    [
      'a footer of structs in structs',
      withFooter(new Array<number>(60_000).fill(0x1c)),
      'parquet_damaged',
    ],
    [
      'a footer with a list of two milliard',
      withFooter([0x19, 0xf5, 255, 255, 255, 255, 7]),
      'parquet_damaged',
    ],
    ['encrypted', plain.map((b, i) => (i === plain.length - 1 ? 0x45 : b)), 'parquet_encrypted'],
  ])('%s', async (_, bytes, code) => {
    expect(await refused(bytes)).toMatchObject({ code });
  });

  it('changed in a byte of its pages is refused, if they have checksums', async () => {
    const end =
      checksummed.length -
      new DataView(checksummed.buffer).getUint32(checksummed.length - 8, true) -
      8;
    const whole = gridOf(await read(checksummed));
    let refusals = 0;
    for (let at = 4; at < end; at += 3) {
      const spoilt = checksummed.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte));
      // What no reading looks at, such as a page's own statistics, may change.
      const grid = await read(spoilt)
        .then(gridOf)
        .catch(() => null);
      if (grid === null) {
        await refused(spoilt);
        refusals += 1;
      } else expect(grid, `byte ${at}`).toEqual(whole);
    }
    expect(refusals).toBeGreaterThan((end - 4) / 6);
  });

  it('two columns of one name', async () => {
    const data = [1];
    const bytes = write({
      columnData: [
        { name: 'a', data, type: 'INT32' },
        { name: 'b', data, type: 'INT32' },
      ],
    });
    const twins = bytes.map((byte) => (byte === 0x62 ? 0x61 : byte));
    expect(await refused(twins)).toMatchObject({ code: 'duplicate_column' });
  });

  it('bytes that are no text', async () => {
    const data = [Uint8Array.of(1, 2), Uint8Array.of(0xff, 0xd8)];
    const error = await refused(
      write({ columnData: [{ name: 'photo', data, type: 'BYTE_ARRAY' }] }),
    );
    expect(error.message).toMatch(/Column "photo".*no text/);
  });

  it('compressed by a method that is not known', async () => {
    const columnData = [{ name: 'a', data: [1, 2], type: 'INT32' as const }];
    const bytes = write({ columnData, codec: 'LZO', compressors: { LZO: (input) => input } });
    expect(await refused(bytes)).toMatchObject({ code: 'parquet_codec', details: { column: 'a' } });
  });
});

it('a cancel is heard between columns', async () => {
  const stop = new AbortController();
  const columnData = Array.from({ length: 40 }, (_, k) => ({
    name: `c${k}`,
    data: Float64Array.from({ length: 20_000 }, (_, i) => i * k),
  }));
  const reading = readFile('t', write({ columnData, rowGroupSize: 5000 }), {
    signal: stop.signal,
    onProgress: (_, rows) => {
      if (rows > 0) stop.abort();
    },
  });
  await expect(reading).rejects.toEqual(cancelledError());
});
