import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PackedTexts } from '#core/data/read/parquet/packed-texts.ts';
import { PageMemory } from '#core/data/read/parquet/page-memory.ts';
import { exactNumbers, plainTimes } from '#core/data/read/parquet/stored-numbers.ts';
import { PLAIN_TIMES } from '#core/data/plain-dates.ts';
import { startPageMachine } from '#core/kernels/page-kernels.ts';
import { fuzz } from '../../support/fuzz.ts';

/** A page of these bytes in a memory: one literal of Snappy. */
async function heldPage(bytes: Uint8Array): Promise<{ memory: PageMemory; page: Uint8Array }> {
  const memory = new PageMemory(await startPageMachine());
  const { length } = bytes;
  const size = [0, 7, 14, 21].map((shift) => ((length >> shift) & 127) | (shift < 21 ? 128 : 0));
  const last = length - 1;
  const literal = [62 << 2, last & 255, (last >> 8) & 255, last >> 16];
  const packed = length === 0 ? [0] : [...size, ...literal, ...bytes];
  return { memory, page: memory.unpackSnappy(Uint8Array.from(packed), length) };
}

/** Integers as a page has them, and where they stand in a memory. */
async function heldIntegers(values: readonly bigint[]) {
  const plain = BigInt64Array.from(values, (value) => BigInt.asIntN(64, value));
  const { memory, page } = await heldPage(new Uint8Array(plain.buffer));
  return { memory, plain, held: new BigInt64Array(page.buffer, page.byteOffset, values.length) };
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const aroundLimits = [0n, SAFE, SAFE + 1n, -SAFE, -SAFE - 1n, 2n ** 63n - 1n, -(2n ** 63n), -1n];
const integers = fc.array(
  fc.oneof(fc.constantFrom(...aroundLimits), fc.bigInt({ min: -SAFE, max: SAFE })),
  { minLength: 1, maxLength: 20 },
);

describe('the kernel for integers of 64 bits', () => {
  it('gives the numbers of its plain twin, or none', async () => {
    await fc.assert(
      fc.asyncProperty(integers, fc.boolean(), async (values, unsigned) => {
        const { memory, plain, held } = await heldIntegers(values);
        const stored = { type: 'INT64', unsigned } as const;
        expect(exactNumbers(held, stored, memory)).toEqual(exactNumbers(plain, stored));
      }),
      fuzz(100),
    );
  });
});

describe('the kernel for times', () => {
  const second = fc.bigInt({
    min: BigInt(PLAIN_TIMES.first / 1000) - 2n,
    max: BigInt(PLAIN_TIMES.last / 1000) + 2n,
  });

  it.each([1000, 1_000_000, 1_000_000_000])(
    'gives the milliseconds of its plain twin, of %i a second',
    async (unit) => {
      const times = fc.array(fc.tuple(second, fc.constantFrom(0n, 0n, 0n, 0n, 1n, -1n)), {
        minLength: 1,
        maxLength: 8,
      });
      await fc.assert(
        fc.asyncProperty(times, async (all) => {
          const values = all.map(([time, more]) => time * BigInt(unit) + more);
          const { memory, plain, held } = await heldIntegers(values);
          expect(plainTimes(held, unit, memory)).toEqual(plainTimes(plain, unit));
        }),
        fuzz(100),
      );
    },
  );
});

describe('the kernel for texts', () => {
  it('finds them where its plain twin does, and whether all are ASCII', async () => {
    const texts = fc.array(
      fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('', 'é', '日本')),
      {
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.nat({ max: 20 }), async (all, before) => {
        const bytes = all.flatMap((text) => {
          const utf8 = new TextEncoder().encode(text);
          return [utf8.length, 0, 0, 0, ...utf8];
        });
        const whole = Uint8Array.from([...Array<number>(before).fill(200), ...bytes]);
        const { memory, page } = await heldPage(whole);
        const found = new PackedTexts(page, before, all.length, memory);
        expect(found.placed).toEqual(new PackedTexts(whole, before, all.length, null).placed);
        expect(Array.from(found, (one) => new TextDecoder().decode(one))).toEqual(all);
      }),
      fuzz(100),
    );
  });

  it('refuses one that would reach past the page', async () => {
    const { memory, page } = await heldPage(Uint8Array.of(2, 0, 0, 0, 97, 98, 1, 0, 0, 0));
    expect(new PackedTexts(page, 0, 1, memory).placed).toMatchObject({ end: 6 });
    for (const [from, count] of [
      [0, 2],
      [6, 1],
      [8, 1],
      [1, 1],
    ] as const) {
      const placed = (): unknown => new PackedTexts(page, from, count, memory);
      expect(placed).toThrow('a text is longer than its page');
    }
  });
});
