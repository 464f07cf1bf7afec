import { createHash } from 'node:crypto';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { everyBytes } from '../../support/csv.ts';
import { bmpOf, gifOf, jpegOf, pngOf, webpOf } from '../../support/images.ts';
import { doubtsOf, gridOf, readFile } from '../../support/read.ts';
import { refusalOf, thrownBy } from '../../support/refusal.ts';

const zip = (files: Zippable): Uint8Array => zipSync(files, { mtime: new Date(2020, 0, 1) });
const read = (files: Zippable) => readFile('pets.zip', zip(files));
const refused = (files: Zippable) => refusalOf(() => read(files));

const cat = pngOf(4, 3, 10);
const dog = pngOf(4, 3, 20);

describe('folders are labels', () => {
  it('of images of any kind, with the sizes that their headers say', async () => {
    const dataset = await read({
      'pets/cat/a.png': pngOf(640, 480),
      'pets/cat/b.JPG': jpegOf(300, 200),
      'pets/dog/c.gif': gifOf(20, 10),
      'pets/dog/d.webp': webpOf(16_000, 900),
      'pets/dog/e.bmp': bmpOf(7, -5),
    });
    expect(gridOf(dataset)).toEqual([
      ['image', 'label', 'width', 'height'],
      ['pets/cat/a.png', 'cat', '640', '480'],
      ['pets/cat/b.JPG', 'cat', '300', '200'],
      ['pets/dog/c.gif', 'dog', '20', '10'],
      ['pets/dog/d.webp', 'dog', '16000', '900'],
      ['pets/dog/e.bmp', 'dog', '7', '5'],
    ]);
    const { reading, columns, doubts } = dataset.info;
    expect(reading).toEqual({
      format: 'zip',
      images: { column: 'image', sizes: ['width', 'height'] },
    });
    expect(columns.map(({ type }) => type)).toEqual(['image', 'categorical', 'numeric', 'numeric']);
    expect(doubts).toEqual([]);
  });

  it('and above them folders named train, validation and test say the split', async () => {
    const dataset = await read({
      'set/Training/cat/1.png': cat,
      'set/val/cat/1.png': cat,
      'set/test/dog/1.png': dog,
    });
    expect(gridOf(dataset).slice(1)).toEqual([
      ['set/Training/cat/1.png', 'cat', 'train', '4', '3'],
      ['set/test/dog/1.png', 'dog', 'test', '4', '3'],
      ['set/val/cat/1.png', 'cat', 'validation', '4', '3'],
    ]);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['one label is a label', ['cat/1.png', 'cat/2.png'], ['cat', 'cat']],
    ['one folder around one label is skipped', ['pets/cat/1.png'], ['cat']],
    ['train and test alone are labels', ['test/1.png', 'train/1.png'], ['test', 'train']],
    ['folders in folders are one label', ['a/big/1.png', 'b/2.png'], ['a/big', 'b']],
    ['dots and doubled slashes are no folders', ['./cat//1.png', 'dog/1.png'], ['cat', 'dog']],
    ['backslashes part folders', ['cat\\1.png', 'dog\\1.png'], ['cat', 'dog']],
    ['names of objects are names', ['constructor/1.png', '__proto__/x/1.png'], ['__proto__/x', 'constructor']], // prettier-ignore
  ])('%s', async (_, paths, labels) => {
    const bytes = zip(Object.fromEntries(new Map(paths.map((path) => [path, cat]))));
    const grid = gridOf(await readFile('x.zip', bytes));
    expect(grid.slice(1).map(([, label]) => label)).toEqual(labels);
  });

  it('what archives carry besides is skipped, other files are told', async () => {
    const dataset = await read({
      'cat/1.png': cat,
      'cat/': new Uint8Array(0),
      'cat/.hidden.png': strToU8('no image'),
      '__MACOSX/cat/._1.png': strToU8('no image'),
      'cat/Thumbs.db': strToU8('x'),
      'cat/.DS_Store': strToU8('x'),
      'README.md': strToU8('# Pets'),
      'model.json': strToU8('{}'),
    });
    expect(dataset.info.rows).toBe(1);
    expect(doubtsOf(dataset)).toBe('Files left out that are no images: 2 (README.md, model.json).');
  });

  it('wherever the stream is cut, with images told as they come', async () => {
    const bytes = zip({ 'cat/1.png': cat, 'dog/1.png': dog });
    const seen: number[] = [];
    const cuts = everyBytes(7, bytes.length);
    const dataset = await readFile('x', bytes, { cuts, onProgress: (_, rows) => seen.push(rows) });
    expect(dataset.info.rows).toBe(2);
    expect(seen.at(-1)).toBe(2);
  });

  it('each file has the hash of its bytes', async () => {
    const { table } = await read({ 'a/1.png': cat, 'a/2.png': dog, 'b/1.png': cat });
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(table.fileHashes?.slice(0, 3)).toEqual([cat, dog, cat].map(sha256));
  });
});

describe('a CSV beside the images says what they are', () => {
  it('in its own order, with its own columns', async () => {
    const dataset = await read({
      'labels.csv': strToU8('file,kind,width\nimg/b.png,dog,wide\nimg/a.png,cat,slim\n'),
      'img/a.png': cat,
      'img/b.png': dog,
    });
    expect(gridOf(dataset)).toEqual([
      ['image', 'kind', 'width', 'width_', 'height'],
      ['img/b.png', 'dog', 'wide', '4', '3'],
      ['img/a.png', 'cat', 'slim', '4', '3'],
    ]);
    expect(dataset.info.reading.images).toEqual({
      column: 'image',
      sizes: ['width_', 'height'],
      grey: true,
      manifest: 'labels.csv',
    });
  });

  it.each([
    ['from its own folder on', 'set/labels.csv', 'img/a.png', 'img/b.png'],
    ['by their names alone', 'labels.csv', 'a.png', 'b.png'],
    ['without endings', 'labels.csv', 'a', 'b'],
    ['with backslashes', 'labels.csv', 'set\\img\\a.png', '.\\set\\img\\b.png'],
  ])('which names them %s', async (_, manifest, first, second) => {
    const dataset = await read({
      [manifest]: strToU8(`id;file;y\n1;${first};cat\n2;${second};dog\n`),
      'set/img/a.png': cat,
      'set/img/b.png': dog,
    });
    expect(gridOf(dataset)[2]).toEqual(['set/img/b.png', '2', 'dog', '4', '3']);
  });

  it('images that it does not name are left out, and told', async () => {
    const dataset = await read({
      'labels.csv': strToU8('file,y\na.png,1\n'),
      'a.png': cat,
      'b.png': dog,
    });
    expect(dataset.info.rows).toBe(1);
    expect(doubtsOf(dataset)).toContain(
      'Images left out that labels.csv does not name: 1 (b.png).',
    );
  });

  it.each<[string, string, string, RegExp]>([
    ['a row without an image', 'file,y\na.png,1\nb.png,2\nc.png,3\n', 'image_missing', /column "file": 1 of 3 rows .* row 3, "c\.png"/],
    ['two rows for one image', 'file,y\na.png,1\nb.png,2\nset/a.png,2\n', 'image_named_twice', /rows 1 and 3 both name set\/a\.png/],
    ['no column of names', 'x,y\n1,2\n', 'manifest_without_images', /2 images and one table, labels\.csv/],
    ['two columns of names', 'left,right\na.png,b.png\nb.png,a.png\n', 'manifest_names_twice', /"left" and "right"/],
    ['a table that cannot be read', 'file,y\na.png\n', 'ragged_row', /^labels\.csv: Line 2/],
  ])('%s is refused', async (_, text, code, message) => {
    const error = await refused({ 'labels.csv': strToU8(text), 'set/a.png': cat, 'set/b.png': dog });
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(message);
  }); // prettier-ignore
});

describe('what cannot be used is refused', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['no image', strToU8('<html>not found</html>'), /1 of 2 images cannot be used: cat\/bad\.png is no image/],
    ['an empty file', new Uint8Array(0), /is empty/],
    ['a PNG cut off', pngOf(40, 40).subarray(0, 50), /the PNG ends before/],
    ['a JPEG cut off', jpegOf(40, 40).subarray(0, -2), /the JPEG ends before/],
    ['a GIF cut off', gifOf(40, 40).subarray(0, -4), /the GIF ends before/],
    ['a WebP cut off', webpOf(40, 40).subarray(0, -1), /the WebP ends before/],
    ['a BMP cut off', bmpOf(40, 40).subarray(0, -1), /the BMP ends before/],
    ['a huge size', pngOf(100_000, 100_000, 0, 1), /100,000 × 100,000 pixels/],
    ['no pixels', gifOf(0, 7), /0 × 7 pixels/],
    ['a damaged PNG', Uint8Array.of(...pngOf(4, 4).subarray(0, 8), 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0), /begins like a PNG/],
    ['a damaged JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), /begins like a JPEG/],
  ])('%s', async (_, bad, message) => {
    const error = await refused({ 'cat/good.png': cat, 'cat/bad.png': bad });
    expect(error).toMatchObject({ code: 'bad_image' });
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(/Replace/);
  }); // prettier-ignore

  it('cut anywhere, an image is never taken for whole', async () => {
    for (const whole of [pngOf(9, 9), jpegOf(9, 9), webpOf(9, 9), bmpOf(9, 9)]) {
      for (let length = 0; length < whole.length; length += 1) {
        const error = await refused({ 'a/1.png': cat, 'a/2.png': whole.subarray(0, length) });
        expect(error.code).toBe('bad_image');
      }
    }
  });

  it('many faults are counted and the first told', async () => {
    const files = Array.from({ length: 9 }, (_, i) => [`a/${i}.png`, strToU8('x')] as const);
    const { message } = await refused(Object.fromEntries(files));
    expect(message).toMatch(/^9 of 9 .* a\/0\.png .*; a\/2\.png .*; and 6 more\.$/);
  });

  it.each<[string, Zippable, string, RegExp]>([
    ['images beside folders', { '1.png': cat, 'dog/2.png': dog }, 'image_without_label', /one, 1\.png/],
    ['images without folders', { '1.png': cat, '2.png': dog }, 'image_without_label', /The 2 images/],
    ['tables and images', { 'a.csv': strToU8('a\n1\n'), 'b.csv': strToU8('a\n1\n'), 'c/1.png': cat }, 'tables_and_images', /an image and 2 tables, such as b\.csv/],
    ['images of another kind', { 'a/1.tif': strToU8('II*'), 'a/2.png': cat }, 'image_format', /a\/1\.tif cannot be read/],
    ['two files of one path', { 'a/1.png': cat, './a/1.png': dog }, 'duplicate_file', /a\/1\.png/],
    ['a bomb', { 'a/1.bmp': Buffer.alloc(90_000_000) }, 'unpacks_too_large', /unpacks/],
  ])('%s', async (_, files, code, message) => {
    const error = await refused(files);
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(message);
  }); // prettier-ignore

  it('one image by itself, with what to do', async () => {
    const error = await refusalOf(() => readFile('cat.png', cat));
    expect(error.message).toBe('The file is a PNG picture, and no table that can be read.');
    expect(error.hint).toMatch(/folders named for their labels/);
  });

  it('a damaged entry is named', async () => {
    const bytes = zip({ 'a/1.png': [cat, { level: 0 }] });
    bytes[60] = (bytes[60] ?? 0) ^ 1;
    expect((await refusalOf(() => readFile('x', bytes))).message).toMatch(/"a\/1\.png"/);
  });

  it('a name that was spoilt is not taken for another kind of file', async () => {
    const bytes = Buffer.from(
      zip({ 'a/1.png': cat, 'labels.csv': strToU8('file,y\na/1.png,7\n') }),
    );
    bytes.write('X', bytes.lastIndexOf('labels.csv') + 'labels.cs'.length);
    expect((await refusalOf(() => readFile('x', bytes))).code).toBe('zip_damaged');
  });

  it('a cancel is heard between images', async () => {
    const files = Array.from({ length: 50 }, (_, i) => [`a/${i}.png`, cat] as const);
    const cancel = new AbortController();
    const onProgress = (_: number, rows: number) => {
      if (rows === 10) cancel.abort();
    };
    const reading = readFile('x', zip(Object.fromEntries(files)), {
      signal: cancel.signal,
      onProgress,
    });
    expect(await thrownBy(() => reading)).toMatchObject({ kind: 'cancelled' });
  });
});
