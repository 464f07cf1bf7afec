import * as math from '#core/math.ts';
import { RandomStream } from '#core/random.ts';
import { bytesSha256 } from '#core/bytes-hash.ts';

const inputs = 20_000;

/** A hash of each elementary function over many inputs of all sizes: equal hashes are equal bits. */
export async function mathBits(): Promise<Record<string, string>> {
  const random = new RandomStream(11);
  const scales = [1e-3, 1, 30, 700];
  const points = Float64Array.from(
    { length: inputs },
    (_, i) => (random.uniform() * 2 - 1) * (scales[i % scales.length] ?? 1),
  );
  const values: Record<string, (x: number) => number> = {
    exp: math.exp,
    ln: (x) => math.ln(Math.abs(x)),
    pow: (x) => math.pow(Math.abs(x), x / 300),
    tanh: math.tanh,
    sin: math.sin,
    cos: math.cos,
  };
  const hashes = await Promise.all(
    Object.entries(values).map(async ([name, of]) => {
      const results = points.map((x) => of(x));
      return [name, await bytesSha256(new Uint8Array(results.buffer))] as const;
    }),
  );
  return Object.fromEntries(hashes);
}
