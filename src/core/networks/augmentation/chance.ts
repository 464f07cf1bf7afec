import { cos, pow } from '#core/math.ts';
import { hashed } from '../hashed.ts';

/** Random numbers that are pure functions of a key: whoever asks for the k-th gets the same, in whatever order. */
export class Chance {
  readonly #key: number;

  /** @param place for example a seed, a step and a row: integers of 32 bits */
  constructor(...place: readonly number[]) {
    this.#key = place.reduce((key, one) => hashed(key + one), 0);
  }

  /** The k-th number, in (0, 1). */
  uniform(k: number): number {
    return ((hashed(this.#key + k) >>> 0) + 0.5) / 0x1_0000_0000;
  }

  /** The k-th number, in (−most, most). */
  around(k: number, most: number): number {
    return (2 * this.uniform(k) - 1) * most;
  }

  /**
   * A draw from Beta(alpha, alpha) of the numbers k and k + 1, for any alpha above 0: (1 + t ÷ √(2·alpha + t²)) ÷ 2, where t
   * has Student's distribution of 2·alpha degrees of freedom (Devroye, 1986, section IX.3), drawn as Bailey (1994) does.
   */
  beta(k: number, alpha: number): number {
    const direction = cos(2 * Math.PI * this.uniform(k + 1));
    // t² ÷ (2·alpha); infinite for the smallest alphas.
    const square = (pow(this.uniform(k), -1 / alpha) - 1) * direction * direction;
    const part = 1 / Math.sqrt(1 + 1 / square);
    return (1 + (direction < 0 ? -part : part)) / 2;
  }
}
