import * as v from 'valibot';
import { bytesSha256 } from '#core/bytes-hash.ts';

/** Something that JSON can say, and numbers that it would say badly. */
export interface Kept {
  readonly about: unknown;
  readonly arrays: readonly KeptArray[];
}
export type KeptArray = Float32Array | Float64Array | Uint8Array;

/** Why bytes cannot be used: they are cut or changed, or belong to another run, version or device. */
export type Unusable = 'damaged' | 'foreign';

/*
 * "TRCKPT01", the header's bytes as a uint32, the header as JSON, filled up with spaces to a multiple of 8, each array
 * filled up with zeros to a multiple of 8, and the SHA-256 of all that as hex. Numbers are little-endian.
 */
const MAGIC = 'TRCKPT01';
const HEADER_AT = MAGIC.length + 4;
const CHECKSUM_BYTES = 64;
const constructors = { Float32Array, Float64Array, Uint8Array } as const;

const headerSchema = v.object({
  identity: v.string(),
  about: v.unknown(),
  arrays: v.array(
    v.object({
      type: v.picklist(['Float32Array', 'Float64Array', 'Uint8Array']),
      length: v.pipe(v.number(), v.integer(), v.minValue(0)),
    }),
  ),
});

/** @param identity says which run the bytes belong to, as `runIdentity` gives it */
export async function encodeKept(identity: string, { about, arrays }: Kept): Promise<Uint8Array> {
  const header = paddedText(
    JSON.stringify({
      identity,
      about,
      arrays: arrays.map((array) => ({ type: typeOf(array), length: array.length })),
    }),
  );
  const sizes = arrays.map(({ byteLength }) => padded(byteLength));
  const size = HEADER_AT + header.length + sizes.reduce((sum, bytes) => sum + bytes, 0);
  const all = new Uint8Array(size + CHECKSUM_BYTES);
  all.set(new TextEncoder().encode(MAGIC));
  new DataView(all.buffer).setUint32(MAGIC.length, header.length, true);
  all.set(header, HEADER_AT);
  let at = HEADER_AT + header.length;
  for (const [i, { buffer, byteOffset, byteLength }] of arrays.entries()) {
    all.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += sizes[i] ?? 0;
  }
  all.set(new TextEncoder().encode(await bytesSha256(all.subarray(0, size))), size);
  return all;
}

/** What was kept, or why it cannot be used; nothing else is thrown or returned, whatever the bytes are. */
export async function decodeKept(identity: string, all: Uint8Array): Promise<Kept | Unusable> {
  const size = all.length - CHECKSUM_BYTES;
  if (size < HEADER_AT) return 'damaged';
  const decoder = new TextDecoder();
  const checksum = decoder.decode(all.subarray(size));
  if (checksum !== (await bytesSha256(all.subarray(0, size)))) return 'damaged';
  if (decoder.decode(all.subarray(0, MAGIC.length)) !== MAGIC) return 'foreign';
  const headerBytes = new DataView(all.buffer, all.byteOffset).getUint32(MAGIC.length, true);
  const header = headerOf(decoder.decode(all.subarray(HEADER_AT, HEADER_AT + headerBytes)));
  if (header === null) return 'damaged';
  if (header.identity !== identity) return 'foreign';
  let at = HEADER_AT + headerBytes;
  const arrays = header.arrays.map(({ type, length }) => {
    const bytes = length * constructors[type].BYTES_PER_ELEMENT;
    // Node's Buffer.slice is no copy, and a view must begin at a multiple of its numbers' size.
    const copy = new Uint8Array(bytes);
    copy.set(all.subarray(at, at + bytes));
    at += padded(bytes);
    return new constructors[type](copy.buffer);
  });
  return { about: header.about, arrays };
}

function headerOf(text: string): v.InferOutput<typeof headerSchema> | null {
  try {
    const parsed = v.safeParse(headerSchema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

function typeOf(array: KeptArray): keyof typeof constructors {
  if (array instanceof Float32Array) return 'Float32Array';
  return array instanceof Float64Array ? 'Float64Array' : 'Uint8Array';
}

function paddedText(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const filled = new Uint8Array(padded(bytes.length)).fill(0x20);
  filled.set(bytes);
  return filled;
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
