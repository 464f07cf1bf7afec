import { shown } from '../refuse-extractor.ts';
import { TfjsFault } from './tfjs-fault.ts';

/** Sides of windows, steps and borders: more than any network for images has. */
export const MOST_PIXELS = 4096;
/** More than any side or count can be. */
export const MOST_INTEGER = 0x7fffffff;

/** Fields of an object from a file, each of the type that it should have. */
export class Fields {
  readonly #record: Readonly<Record<string, unknown>>;
  /** What the object is, for example `layer "conv1"`. */
  readonly where: string;

  /** @throws TfjsFault where the value is no object */
  constructor(value: unknown, where: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new TfjsFault(`is damaged: its ${where} is ${textOf(value)}, and no object`);
    }
    this.#record = value as Readonly<Record<string, unknown>>;
    this.where = where;
  }

  /** What stands there; undefined for what is not there, is null, or comes from elsewhere than the file. */
  get(name: string): unknown {
    return Object.hasOwn(this.#record, name) ? (this.#record[name] ?? undefined) : undefined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Names of the fields, in their order. */
  names(): readonly string[] {
    return Object.keys(this.#record);
  }

  text(name: string, fallback?: string): string {
    const value = this.get(name) ?? fallback;
    return typeof value === 'string' ? value : this.#refuse(name, 'a text');
  }

  number(name: string, fallback?: number): number {
    const value = this.get(name) ?? fallback;
    const isNumber = typeof value === 'number' && Number.isFinite(value);
    return isNumber ? value : this.#refuse(name, 'a number');
  }

  integer(name: string, min: number, max: number, fallback?: number): number {
    const value = this.get(name) ?? fallback;
    return isInteger(value, min, max)
      ? value
      : this.#refuse(name, `a whole number from ${min} to ${max}`);
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.get(name) ?? fallback;
    return typeof value === 'boolean' ? value : this.#refuse(name, 'true or false');
  }

  list(name: string): readonly unknown[] {
    const value = this.get(name);
    return Array.isArray(value) ? value : this.#refuse(name, 'a list');
  }

  /** Two numbers of pixels, down and across; one stands for both. */
  pair(name: string, min: number, fallback?: number): readonly [number, number] {
    const value = this.get(name) ?? fallback;
    if (isInteger(value, min, MOST_PIXELS)) return [value, value];
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    const [down, across, ...more] = list;
    return isInteger(down, min, MOST_PIXELS) &&
      isInteger(across, min, MOST_PIXELS) &&
      more.length === 0
      ? [down, across]
      : this.#refuse(name, `two whole numbers from ${min} to ${MOST_PIXELS}`);
  }

  below(name: string): Fields {
    return new Fields(this.get(name), `${this.where}’s ${name}`);
  }

  #refuse(name: string, wanted: string): never {
    throw new TfjsFault(
      `is damaged: its ${this.where} has ${name} ${textOf(this.get(name))}, which should be ${wanted}`,
    );
  }
}

export function isInteger(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}

/** A value of the file in a few words: what is deep or long stays in the file. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return shown(value);
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) {
    return value.length > 4 || value.some((one) => typeof one === 'object')
      ? `a list of ${value.length}`
      : `[${value.map(String).join(', ')}]`;
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null ? 'nothing' : 'an object';
}
