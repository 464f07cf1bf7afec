import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { ln } from './math.ts';

/**
 * A seeded stream of random numbers (xoroshiro128+). Integer arithmetic and core/math only, so a seed
 * gives the same stream on every machine. `fork` derives an independent stream by name: adding a
 * consumer never shifts the numbers that another one draws.
 */
export class RandomStream {
  readonly seed: number;
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.seed = seed;
    this.#generator = xoroshiro128plus(seed | 0);
  }

  /** An independent stream for one purpose, for example `fork('split')`. */
  fork(purpose: string): RandomStream {
    return new RandomStream(mix(this.seed, purpose));
  }

  /** A number in [0, 1) with 53 random bits. */
  uniform(): number {
    return uniformFloat64(this.#generator);
  }

  /** An integer in [0, below). `below` is at least 1. */
  integer(below: number): number {
    return uniformInt(this.#generator, 0, below - 1);
  }

  /** A draw from the normal distribution N(0, 1): Marsaglia's polar method (Marsaglia and Bray, 1964). */
  normal(): number {
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * ln(s)) / s);
    }
  }

  /** Shuffles in place (Fisher–Yates) and returns the same array. */
  shuffle<T extends Int32Array | Uint32Array | unknown[]>(items: T): T {
    for (let i = items.length - 1; i > 0; i -= 1) {
      const j = this.integer(i + 1);
      const held = items[i];
      items[i] = items[j];
      items[j] = held;
    }
    return items;
  }
}

/** FNV-1a over the seed's four bytes and the UTF-16 code units of the purpose, as a 32-bit integer. */
function mix(seed: number, purpose: string): number {
  let hash = 0x811c9dc5;
  const add = (byte: number): void => {
    hash = Math.imul(hash ^ byte, 0x01000193);
  };
  for (let shift = 0; shift < 32; shift += 8) add((seed >>> shift) & 0xff);
  for (let i = 0; i < purpose.length; i += 1) {
    const unit = purpose.charCodeAt(i);
    add(unit & 0xff);
    add(unit >>> 8);
  }
  return hash | 0;
}
