import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PageMemory } from '#core/data/read/parquet/page-memory.ts';
import { startPageMachine } from '#core/kernels/page-kernels.ts';
import { fuzz } from '../../support/fuzz.ts';

/** An element of a Snappy block: bytes as they are, or so many that stand so far before. */
type Element = readonly number[] | { readonly offset: number; readonly count: number };

/** The block as the format's description writes it, and the bytes that it stands for. */
function blockOf(elements: readonly Element[]): { packed: Uint8Array; bytes: Uint8Array } {
  const packed: number[] = [];
  const bytes: number[] = [];
  for (const element of elements) {
    if ('offset' in element) {
      const { offset, count } = element;
      packed.push(...copyOf(offset, count));
      for (let i = 0; i < count; i += 1) bytes.push(bytes[bytes.length - offset] ?? NaN);
    } else {
      const last = element.length - 1;
      if (last < 60) packed.push(last << 2);
      else if (last < 256) packed.push(60 << 2, last);
      else packed.push(61 << 2, last & 255, last >> 8);
      for (const byte of element) {
        packed.push(byte);
        bytes.push(byte);
      }
    }
  }
  return {
    packed: Uint8Array.from([...varint(bytes.length), ...packed]),
    bytes: Uint8Array.from(bytes),
  };
}

/** With an offset of one byte, of two and of four. */
function copyOf(offset: number, count: number): number[] {
  if (count >= 4 && count <= 11 && offset < 2048) {
    return [1 | ((count - 4) << 2) | ((offset >> 8) << 5), offset & 255];
  }
  const head = (count - 1) << 2;
  if (offset % 2 === 0) return [head | 2, offset & 255, offset >> 8];
  return [head | 3, offset & 255, offset >> 8, 0, 0];
}

function varint(number: number): number[] {
  return number < 128 ? [number] : [(number % 128) + 128, ...varint(Math.floor(number / 128))];
}

const elements = fc
  .array(
    fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => [...bytes]),
      fc.uint8Array({ minLength: 1, maxLength: 400 }).map((bytes) => [...bytes]),
      fc.record({
        offset: fc.integer({ min: 1, max: 3000 }),
        count: fc.integer({ min: 1, max: 64 }),
      }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => {
    let length = 0;
    return all.map((one): Element => {
      // Nothing stands before the beginning.
      const sound = 'offset' in one && length === 0 ? [7] : one;
      const element =
        'offset' in sound ? { ...sound, offset: Math.min(sound.offset, length) } : sound;
      length += 'offset' in element ? element.count : element.length;
      return element;
    });
  });

async function pageMemory(): Promise<PageMemory> {
  return new PageMemory(await startPageMachine());
}

describe('a block of Snappy', () => {
  it('is unpacked as its elements say, also where they overlap what they copy', async () => {
    const memory = await pageMemory();
    fc.assert(
      fc.property(elements, (all) => {
        const { packed, bytes } = blockOf(all);
        expect(memory.unpackSnappy(packed, bytes.length)).toEqual(bytes);
      }),
      fuzz(300),
    );
  });

  it('is refused where it is cut, of another size, or points before its beginning', async () => {
    const memory = await pageMemory();
    const whole = [
      [1, 2, 3],
      { offset: 2, count: 9 },
      { offset: 7, count: 40 },
      Array<number>(90).fill(5),
    ];
    const { packed, bytes } = blockOf(whole);
    const refused = (block: Uint8Array, size: number): void => {
      expect(() => memory.unpackSnappy(block, size)).toThrow('not compressed as it says');
    };
    for (let end = 0; end < packed.length; end += 1) refused(packed.subarray(0, end), bytes.length);
    refused(packed, bytes.length - 1);
    refused(packed, bytes.length + 1);
    refused(Uint8Array.from([...packed, 0, 1]), bytes.length);
    refused(Uint8Array.from([4, 0, 9, (2 << 2) | 2, 2, 0]), 4);
    refused(Uint8Array.from([4, 0, 9, (2 << 2) | 2, 0, 0]), 4);
    refused(Uint8Array.from([4, 63 << 2, 255, 255, 255, 255, 9]), 4);
    refused(Uint8Array.from([128, 128, 128, 128, 128, 1]), 0);
    expect(memory.unpackSnappy(packed, bytes.length)).toEqual(bytes);
  });

  it('needs no more memory for the next one than for the largest', async () => {
    const machine = await startPageMachine();
    const memory = new PageMemory(machine);
    const { packed, bytes } = blockOf([
      [1],
      ...Array<Element>(20_000).fill({ offset: 1, count: 64 }),
    ]);
    memory.unpackSnappy(packed, bytes.length);
    const { byteLength } = machine.memory.wasm.buffer;
    for (let i = 0; i < 20; i += 1) memory.unpackSnappy(packed, bytes.length);
    expect(machine.memory.wasm.buffer.byteLength).toBe(byteLength);
  });
});

describe('values packed without gaps', () => {
  /** The kernel's plain twin, in numbers without an end. */
  function plainBits(bytes: Uint8Array, width: number, count: number): number[] {
    let all = 0n;
    for (const [i, byte] of bytes.entries()) all |= BigInt(byte) << BigInt(8 * i);
    return Array.from({ length: count }, (_, i) =>
      Number(BigInt.asUintN(width, all >> BigInt(i * width))),
    );
  }

  it('are those of the plain twin, of any width', async () => {
    const memory = await pageMemory();
    const packed = fc.integer({ min: 1, max: 32 }).chain((width) =>
      fc.record({
        width: fc.constant(width),
        before: fc.nat(3),
        bytes: fc.uint8Array({ minLength: 3 * width, maxLength: 3 * width }),
      }),
    );
    fc.assert(
      fc.property(packed, fc.integer({ min: 1, max: 24 }), ({ width, before, bytes }, count) => {
        const all = [...Array<number>(before).fill(255), ...bytes];
        const page = memory.unpackSnappy(blockOf([all]).packed, all.length);
        expect(memory.holds(page)).toBe(true);
        const expected = plainBits(bytes, width, count);
        const values = new Uint32Array(count);
        const highest = memory.unpackBits(page, before, width, values);
        expect([...values]).toEqual(expected);
        expect(highest).toBe(Math.max(...expected));
      }),
      fuzz(300),
    );
  });

  it('are unpacked over many blocks', async () => {
    const memory = await pageMemory();
    const bytes = Array.from({ length: 65_000 }, (_, i) => (i * 31 + (i >> 8)) & 255);
    const page = memory.unpackSnappy(blockOf([bytes]).packed, bytes.length);
    const values = new Uint32Array(52_000);
    memory.unpackBits(page, 0, 10, values);
    const ten = (i: number): number => {
      const at = Math.floor((10 * i) / 8);
      return ((((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0)) >> ((10 * i) % 8)) & 1023;
    };
    expect([...values]).toEqual(Array.from(values, (_, i) => ten(i)));
  });
});
