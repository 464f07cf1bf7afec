import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteCells } from '#core/data/byte-cells.ts';
import { compareBytes } from '#core/data/compare-bytes.ts';
import { dictionaryOf } from '#core/data/dictionary.ts';
import type { FieldText } from '#core/data/field-text.ts';
import { FieldIndex } from '#core/data/read/csv/field-index.ts';
import { KernelBytes, PlainBytes, type TextBytes } from '#core/data/read/csv/text-bytes.ts';
import { startTextMachine } from '#core/kernels/text-kernels.ts';
import { fuzz } from '../../support/fuzz.ts';

const marks = { delimiter: 44, quote: 34 };
const encoder = new TextEncoder();

/** The column that a text has whose fields all stand in one. */
function fieldsOf(text: string, bytes: TextBytes, piece = 1000): ByteCells {
  const index = new FieldIndex(marks, bytes, 0, () => true);
  const all = encoder.encode(text);
  for (let from = 0; from < all.length; from += piece) index.push(all.subarray(from, from + piece));
  index.finish();
  const { hasEscapes } = index;
  const starts = index.starts.finish().slice();
  const shape = { starts, width: 1, rows: starts.length, ...marks, hasEscapes };
  const found: FieldText = { ...shape, bytes: bytes.finish(), comparison: bytes.comparison };
  return new ByteCells(found, 0);
}

async function kernelFields(text: string, sizeHint = 0, piece = 1000): Promise<ByteCells> {
  return fieldsOf(text, new KernelBytes(await startTextMachine(), sizeHint), piece);
}

function hashesOf(cells: ByteCells): Int32Array {
  return cells.text.comparison?.hash(cells, 0, cells.length).slice() ?? new Int32Array(0);
}

/** The kernel's plain twin, in numbers without an end. */
function plainHash(content: Uint8Array): readonly number[] {
  const word = (from: number, bytes: number): bigint => {
    let sum = 0n;
    for (let i = 0; i < bytes; i += 1) sum |= BigInt(content[from + i] ?? 0) << BigInt(8 * i);
    return sum;
  };
  const { length } = content;
  let hash = 0n;
  if (length <= 8) hash = mixed(word(0, length));
  else {
    for (let at = 0; at + 8 < length; at += 8) {
      hash = BigInt.asUintN(64, mixed(hash ^ word(at, 8)) * SECOND);
    }
    hash = mixed(hash ^ word(length - 8, 8));
  }
  return [Number(BigInt.asIntN(32, hash)), Number(BigInt.asIntN(32, hash >> 32n)), length];
}

const FIRST = 0xff51afd7ed558ccdn;
const SECOND = 0xc4ceb9fe1a85ec53n;

function mixed(word: bigint): bigint {
  let bits = BigInt.asUintN(64, (word ^ (word >> 33n)) * FIRST);
  bits = BigInt.asUintN(64, (bits ^ (bits >> 33n)) * SECOND);
  return bits ^ (bits >> 33n);
}

describe('hashes of fields', () => {
  const contents = Array.from({ length: 41 }, (_, length) =>
    'abcdéfghij ☃ klmn'.repeat(4).slice(0, length),
  );

  it.each([
    ['plain', (text: string) => text],
    ['quoted', (text: string) => `"${text}"`],
    ['quoted around marks', (text: string) => `"${text},\n\r"`],
  ])('are those of the plain twin, %s', async (_, written) => {
    const cells = await kernelFields(contents.map(written).join(','));
    const expected = Array.from(contents, (__, i) => plainHash(encoder.encode(cells.at(i))));
    expect(cells.slice(1, 4)[0]).toContain('a');
    expect([...hashesOf(cells)]).toEqual(expected.flat());
  });

  it('end at each kind of line end, and at the end of the text', async () => {
    const cells = await kernelFields('a,b\nc\rd\r\ne,,f');
    const texts = ['a', 'b', 'c', 'd', 'e', '', 'f'];
    expect(cells.slice(0, 7)).toEqual(texts);
    expect([...hashesOf(cells)]).toEqual(texts.flatMap((text) => plainHash(encoder.encode(text))));
  });

  it('of up to eight bytes differ where the texts do', async () => {
    const texts = Array.from({ length: 4000 }, (_, i) => (i * 7919).toString(36));
    const hashes = hashesOf(await kernelFields(texts.join(',')));
    const seen = new Set(
      texts.map((_, i) => `${String(hashes[3 * i])} ${String(hashes[3 * i + 1])}`),
    );
    expect(seen.size).toBe(4000);
  });
});

describe('fields that are as long as others', () => {
  const texts = ['abc', 'abd', 'abc'].flatMap((end) => [
    `${'twenty bytes or more '.repeat(2)}${end}`,
    end,
    `"${end}"`,
    `",\n${end}"`,
  ]);

  it.each(['plain', 'kernel'])('are the same where their bytes are: %s', async (kind) => {
    const text = texts.join('\n');
    const cells = kind === 'plain' ? fieldsOf(text, new PlainBytes(0)) : await kernelFields(text);
    const { areSame } = sameness(cells);
    for (let row = 0; row < cells.length; row += 1) {
      for (let other = 0; other < cells.length; other += 1) {
        const [one, two] = [cells.at(row), cells.at(other)];
        if (one.length !== two.length) continue;
        expect(areSame(row, other), `${one} beside ${two}`).toBe(one === two);
      }
    }
  });
});

function sameness(cells: ByteCells): { areSame: (row: number, other: number) => boolean } {
  const comparison = cells.text.comparison ?? compareBytes;
  return { areSame: (row, other) => comparison.areSame(cells, row, Uint32Array.of(other)) };
}

describe('numbers', () => {
  const digits = fc.string({
    unit: fc.constantFrom(...'0123456789.,- x'.split('')),
    maxLength: 20,
  });
  const quoted = digits.map((text) => `"${text}"`);
  const doubled = digits.map((text) => `"${text}""${text}"`);

  /** Each row's number; 'other' where a row was asked for as a text. */
  function readAll(cells: ByteCells, decimal: '.' | ','): (number | string)[] {
    const values = new Float64Array(cells.length);
    const others = new Set<number>();
    const ended = cells.readNumbers(values, decimal, (row) => {
      others.add(row);
      return 0;
    });
    expect(ended).toBe(true);
    return Array.from(values, (value, row) => (others.has(row) ? 'other' : value));
  }

  it('are those of the plain twin, and what is none is asked for row by row', async () => {
    const fields = fc.array(fc.oneof(digits, quoted, doubled), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        fields,
        fc.constantFrom('.' as const, ',' as const),
        async (all, decimal) => {
          const text = all.map((field) => field.replaceAll(',', ';')).join(',');
          const plain = readAll(fieldsOf(text, new PlainBytes(0)), decimal);
          expect(readAll(await kernelFields(text), decimal)).toEqual(plain);
        },
      ),
      fuzz(200),
    );
  });

  it.each(['plain', 'kernel'])('are exact, and only short plain decimals: %s', async (kind) => {
    const text =
      '12,-3.50,"7.25",0,-0,0.1,123456789012345,0.00000000000001,1234567890123456,01,.5,5.,1e3,"1""2",x,';
    const cells = kind === 'plain' ? fieldsOf(text, new PlainBytes(0)) : await kernelFields(text);
    expect(readAll(cells, '.')).toEqual([
      ...[12, -3.5, 7.25, 0, -0, 0.1, 123456789012345, 1e-14],
      ...['other', 'other', 'other', 5, 'other', 'other', 'other', 'other'],
    ]);
  });

  it('are read over many blocks, with others among them', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => (i % 97 === 0 ? 'x' : String(i / 8)));
    const expected = rows.map((text) => (text === 'x' ? 'other' : Number(text)));
    expect(readAll(await kernelFields(rows.join(',')), '.')).toEqual(expected);
  });
});

describe('marks', () => {
  const bytes = fc.array(fc.constantFrom(44, 34, 10, 13, 97, 98, 195, 0), { maxLength: 100 });

  it('are those of the plain twin, in any part of a text', async () => {
    const machine = await startTextMachine();
    const ends = fc.tuple(fc.nat(), fc.nat());
    fc.assert(
      fc.property(bytes, ends, fc.constantFrom(34, -1), (text, [a, b], quote) => {
        const plain = new PlainBytes(0);
        const kernel = new KernelBytes(machine, 0);
        for (const one of [plain, kernel]) one.append(Uint8Array.from(text));
        const [from, to] = [a % (text.length + 1), b % (text.length + 1)];
        const marked = { delimiter: 44, quote };
        const expected = from < to ? [...plain.marksIn(from, to, marked)] : [];
        expect([...kernel.marksIn(from, Math.max(from, to), marked)]).toEqual(expected);
      }),
      fuzz(300),
    );
  });
});

describe('a text in the memory of the kernels', () => {
  const fields = fc.array(
    fc.string({ unit: fc.constantFrom('a', 'b', 'ä', ' ', '-', '0'), maxLength: 20 }),
    { minLength: 1, maxLength: 80 },
  );

  it('has the same distinct texts as one that is not', async () => {
    await fc.assert(
      fc.asyncProperty(fields, fc.integer({ min: 1, max: 40 }), async (texts, piece) => {
        // A field that is empty by itself would be no field.
        const text = ['x', ...texts].join(',');
        const plain = dictionaryOf(fieldsOf(text, new PlainBytes(0), piece));
        expect(dictionaryOf(await kernelFields(text, 0, piece))).toEqual(plain);
      }),
      fuzz(200),
    );
  });

  it('grows beyond the size that was said', async () => {
    const texts = Array.from({ length: 60_000 }, (_, i) => `text ${i % 1234}`);
    const cells = await kernelFields(texts.join(','), 10, 5000);
    expect(cells.length).toBe(60_000);
    expect(cells.at(59_999)).toBe(texts[59_999]);
    expect(dictionaryOf(cells).counts.length).toBe(1234);
  });
});
