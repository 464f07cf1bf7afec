import { createHash } from 'node:crypto';
import { unzipSync, strFromU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { packFiles, type NamedFile } from '#core/data/read/zip/pack-files.ts';
import { packName } from '#core/data/read/zip/pack-name.ts';
import { gridOf, readFile } from '../../support/read.ts';
import { refusalOf, thrownBy } from '../../support/refusal.ts';

const file = (name: string, text: string): NamedFile => ({ name, file: new Blob([text]) });
const january = file('sales-01.csv', 'day,n\n1,10\n2,20\n');
const february = file('sales-02.csv', 'n;day\n30;1\n');

async function packed(...files: readonly NamedFile[]): Promise<Uint8Array> {
  return new Uint8Array(await (await packFiles(files)).arrayBuffer());
}

const read = async (...files: readonly NamedFile[]) =>
  readFile('files.zip', await packed(...files));

describe('files of one schema', () => {
  it('are read as one data set, columns matched by name', async () => {
    expect(gridOf(await read(february, january))).toEqual([
      ['day', 'n'],
      ['1', '10'],
      ['2', '20'],
      ['1', '30'],
    ]);
  });

  it('are the same bytes in any order and at any time', async () => {
    const bytes = await packed(january, february);
    expect(await packed(february, january)).toEqual(bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      '3345b1ec644be57c6e3f964effa5439f21d95da4c32fc4ae65f5cb521801c57d',
    );
  });

  it('are an archive that another unzipper opens, whatever they are called', async () => {
    const odd = file('Überblick/日本 😀.csv', 'ä\n1\n');
    const found = unzipSync(await packed(odd, file('empty', '')));
    expect(Object.keys(found)).toEqual(['empty', 'Überblick/日本 😀.csv']);
    expect(strFromU8(found[odd.name] ?? new Uint8Array())).toBe('ä\n1\n');
  });

  it('are looked through with progress, and a cancel is heard', async () => {
    const seen: (readonly [number, number])[] = [];
    const onProgress = (...step: readonly [number, number]) => seen.push(step);
    await packFiles([january, february], { onProgress });
    expect(seen).toEqual([
      [16, 27],
      [27, 27],
    ]);
    const signal = AbortSignal.abort();
    expect(await thrownBy(() => packFiles([january], { signal }))).toMatchObject({
      kind: 'cancelled',
    });
  });
});

describe('files that are no one data set are refused by name', () => {
  const picture = {
    name: 'photo.png',
    file: new Blob([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13)]),
  };

  it.each<[string, readonly NamedFile[], string, readonly RegExp[]]>([
    [
      'another column',
      [january, file('sales-02.csv', 'day,m\n1,30\n')],
      'other_columns',
      [/sales-02\.csv has no column "n"/, /sales-01\.csv has/],
    ],
    ['an empty file', [january, file('sales-02.csv', '')], 'empty_file', [/sales-02\.csv/]],
    ['a header alone', [january, file('sales-02.csv', 'day,n\n')], 'no_rows', [/sales-02\.csv/]],
    ['an archive', [january, file('old.zip', 'PK\u0003\u0004')], 'not_text', [/old\.zip.*zip/]],
  ])('%s', async (_case, files, code, said) => {
    const refusal = await refusalOf(() => read(...files));
    expect(refusal.code).toBe(code);
    for (const part of said) expect(refusal.message).toMatch(part);
  });

  it('a picture among tables', async () => {
    const refusal = await refusalOf(() => read(january, february, picture));
    expect(refusal.message).toMatch(/photo\.png|image/);
  });

  it('two of one name', async () => {
    const refusal = await refusalOf(() => packFiles([january, february, january]));
    expect(refusal).toMatchObject({ code: 'duplicate_file', details: { name: 'sales-01.csv' } });
  });

  it('too many, or too large together, before any of them is read', async () => {
    const many = Array.from({ length: 65_535 }, (_, i) => file(`${i}.csv`, 'n\n1\n'));
    expect((await refusalOf(() => packFiles(many))).code).toBe('too_many_files');
    const large = { name: 'large.csv', file: new Blob(['n\n']) };
    Object.defineProperty(large.file, 'size', { value: 3 * 2 ** 30 });
    const refusal = await refusalOf(() => packFiles([large, january]));
    expect(refusal.message).toContain('3.0 GiB together');
  });

  it('one that is shorter than it was when it was chosen', async () => {
    const cut = { name: 'cut.csv', file: new Blob(['n\n1\n']) };
    Object.defineProperty(cut.file, 'size', { value: 5 });
    expect((await refusalOf(() => packFiles([cut]))).message).toContain('cut.csv was changed');
  });
});

it.each<[readonly string[], string]>([
  [['sales-2024.csv', 'sales-2023.csv'], 'sales.zip'],
  [['sales_jan.csv.gz', 'sales_feb.csv.gz'], 'sales.zip'],
  [['m1.csv', 'm2.csv', 'm10.csv'], 'm.zip'],
  [['birds/north.csv', 'birds/northwest.csv'], 'north and 1 more.zip'],
  [['married.csv', 'martin.csv', 'beta.json'], 'beta and 2 more.zip'],
  [['2023.csv', '2024.csv'], '2023 and 1 more.zip'],
  [['Ökoregion 1.csv', 'Ökoregion 2.csv'], 'Ökoregion.zip'],
  [['.csv', 'b'], '.csv and 1 more.zip'],
])('a pack of %j is called %s', (names, called) => {
  expect(packName(names)).toBe(called);
});
