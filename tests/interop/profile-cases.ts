import { RandomStream } from '#core/random.ts';

const random = new RandomStream(20);

function draw<T>(rows: number, make: (row: number) => T): T[] {
  return Array.from({ length: rows }, (_, row) => make(row));
}

function normals(rows: number, spread = 1, offset = 0): number[] {
  return draw(rows, () => offset + spread * random.normal());
}

function holed(values: readonly number[], every: number): number[] {
  return values.map((value, row) => (row % every === 0 ? NaN : value));
}

/** Columns of numbers, NaN where missing. */
export const numberColumns: Readonly<Record<string, readonly number[]>> = {
  normal: normals(1_000),
  'an even number': normals(64),
  'with holes': holed(normals(503), 5),
  skewed: normals(700).map((value) => Math.exp(2 * value)),
  'far from 0': normals(300, 1, 1e9),
  'near 2^53': draw(200, (row) => 9007199254740000 + ((row * 37) % 400)),
  huge: normals(150, 1e150),
  tiny: normals(150, 1e-200),
  'few integers': draw(90, () => random.integer(12) - 3),
  'many integers': draw(400, () => random.integer(5_000)),
  'half of them 0': draw(200, (row) => (row % 2 === 0 ? 0 : random.normal())),
  'most of them 0': draw(200, (row) => (row % 20 === 0 ? random.normal() : 0)),
  'one far out': [...normals(99), 1e6],
  three: [1.5, -2.25, 10],
  two: [0.3, 0.1],
  'sorted by radix': normals(40_000).map((value) => Math.round(value * 1e4) / 1e4),
};

/** Columns of texts, '' where missing. */
export const textColumns: Readonly<Record<string, readonly string[]>> = {
  categories: draw(500, () => ['red', 'green', 'blue', ''][random.integer(4)] ?? ''),
  words: draw(300, (row) => 'w'.repeat(random.integer(30)) + String(row % 17)),
  scripts: draw(
    60,
    (row) => ['漢字', '🦖', 'e\u0301', 'é', 'naïve 🦖🦖', ' x '.trim()][row % 6] ?? '',
  ),
};

const base = normals(400);
const groups = draw(400, (row) => `g${Math.floor(Math.abs(base[row] ?? 0) * 3)}`);

export interface NumberPair {
  readonly kind: 'numbers';
  readonly a: readonly number[];
  readonly b: readonly number[];
}
export interface CategoryPair {
  readonly kind: 'categories';
  readonly a: readonly string[];
  readonly b: readonly string[];
}
export interface MixedPair {
  readonly kind: 'mixed';
  readonly a: readonly string[];
  readonly b: readonly number[];
}
export type Pair = NumberPair | CategoryPair | MixedPair;

const noisy = base.map((value) => value ** 3 + random.normal());

/** Pairs of columns, each over 400 rows. */
export const pairs: Readonly<Record<string, Pair>> = {
  'a curve and noise': { kind: 'numbers', a: base, b: noisy },
  independent: { kind: 'numbers', a: base, b: normals(400) },
  'ties on both sides': {
    kind: 'numbers',
    a: base.map(Math.round),
    b: noisy.map((value) => Math.round(value / 2)),
  },
  'holes in both': { kind: 'numbers', a: holed(base, 3), b: holed(noisy, 4) },
  'ties and holes': {
    kind: 'numbers',
    a: holed(base.map(Math.round), 3),
    b: holed(noisy.map(Math.round), 5),
  },
  'far from 0': { kind: 'numbers', a: base.map((value) => value + 1e9), b: holed(noisy, 7) },
  'categories that belong together': {
    kind: 'categories',
    a: groups,
    b: groups.map((group) => (random.uniform() < 0.3 ? 'other' : group.slice(1))),
  },
  'categories drawn apart': {
    kind: 'categories',
    a: draw(400, () => `a${random.integer(9)}`),
    b: draw(400, () => `b${random.integer(4)}`),
  },
  'two by two, with holes': {
    kind: 'categories',
    a: draw(400, (row) => (row % 9 === 0 ? '' : row % 2 === 0 ? 'yes' : 'no')),
    b: draw(400, (row) => (row % 7 === 0 ? '' : row % 4 === 0 ? 'left' : 'right')),
  },
  'groups of numbers': { kind: 'mixed', a: groups, b: base },
  'groups of numbers far from 0': {
    kind: 'mixed',
    a: groups.map((group, row) => (row % 11 === 0 ? '' : group)),
    b: holed(
      base.map((value) => 1e9 + value),
      6,
    ),
  },
};

/** A feature and a target, and which fold each row is in. Numbers are exact in float32, as scikit-learn's trees want them. */
export interface PowerCase {
  readonly feature: readonly number[] | readonly string[];
  readonly target: readonly number[] | readonly string[];
  readonly folds: readonly number[];
}

const rows = 600;
const x = normals(rows).map(Math.fround);
const folds = draw(rows, (row) => (row * 7) % 4);
const wave = x.map((value) => Math.sin(3 * value) + random.normal() / 4);
const bands = x.map((value) => `c${Math.floor(Math.abs(value * 2 + random.normal() / 3)) % 4}`);
const letters = draw(rows, () => String.fromCharCode(97 + random.integer(26)));

export const powerCases: Readonly<Record<string, PowerCase>> = {
  'a wave': { feature: x, target: wave, folds },
  'a wave, a short table': {
    feature: x.slice(0, 40),
    target: wave.slice(0, 40),
    folds: folds.slice(0, 40),
  },
  'a wave under holes': { feature: holed(x, 6), target: wave, folds },
  'noise for numbers': { feature: normals(rows).map(Math.fround), target: wave, folds },
  'ties in the feature': { feature: x.map((value) => Math.round(value * 2)), target: wave, folds },
  'bands for classes': { feature: x, target: bands, folds },
  'bands under holes': { feature: holed(x, 5), target: bands, folds },
  'letters for numbers': {
    feature: letters,
    target: letters.map((letter) => letter.charCodeAt(0) + 5 * random.normal()),
    folds,
  },
  'letters for classes': {
    feature: letters.map((letter, row) => (row % 10 === 0 ? '' : letter)),
    target: letters.map((letter) => (random.uniform() < 0.2 ? 'other' : `${letter < 'k'}`)),
    folds,
  },
  'nearly distinct texts': {
    feature: draw(rows, () => `t${random.integer(500)}`),
    target: wave,
    folds,
  },
};
