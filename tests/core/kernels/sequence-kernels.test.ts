import { beforeAll, describe, expect, it } from 'vitest';
import { startNetworkMachine, type NetworkMachine } from '#core/kernels/network-kernels.ts';
import { exp, tanh } from '#core/math.ts';
import { RandomStream } from '#core/random.ts';

const random = new RandomStream(1);
let machine: NetworkMachine;
beforeAll(async () => {
  machine = await startNetworkMachine();
});

const draw = (count: number): number[] =>
  Array.from({ length: count }, () => Math.fround(random.normal()));
function place(values: readonly number[]): number {
  const at = machine.memory.take(4 * values.length);
  machine.memory.float32(at, values.length).set(values);
  return at;
}
const read = (at: number, count: number): number[] => [...machine.memory.float32(at, count)];

function expectClose(ours: readonly number[], plain: readonly number[]): void {
  expect(ours).toHaveLength(plain.length);
  for (const [i, value] of ours.entries()) {
    expect(Math.abs(value - (plain[i] ?? NaN))).toBeLessThanOrEqual(2e-5);
  }
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const dot = (a: readonly number[], b: readonly number[]): number =>
  sum(a.map((one, i) => one * (b[i] ?? NaN)));

/** What the places of one text and head see, by plain sums. */
function plainSeen(query: number[][], key: number[][], value: number[][]): number[][] {
  return query.map((own, i) => {
    const scores = key.slice(0, i + 1).map((one) => dot(own, one) / Math.sqrt(own.length));
    const top = Math.max(...scores);
    const powers = scores.map((score) => exp(score - top));
    return own.map(
      (_, k) =>
        dot(
          powers,
          value.map((one) => one[k] ?? NaN),
        ) / sum(powers),
    );
  });
}

/** The slope of f at each number, by central differences. */
function slopes(values: readonly number[], f: (values: readonly number[]) => number): number[] {
  const step = 1e-5;
  return values.map((_, i) => {
    const moved = (by: number) => f(values.map((one, j) => (i === j ? one + by : one)));
    return (moved(step) - moved(-step)) / (2 * step);
  });
}

describe.each([
  [1, 1, 1, 4],
  [2, 5, 3, 4],
  [1, 8, 2, 8],
])(
  'attention of %i texts of %i places, %i heads of %i',
  (texts = 0, places = 0, heads = 0, own = 0) => {
    const size = heads * own;
    const count = texts * places * size;
    const given = { query: draw(count), key: draw(count), value: draw(count) };
    const by = draw(count);
    const plain = ({
      query,
      key,
      value,
    }: Record<keyof typeof given, readonly number[]>): number[] => {
      const seen = new Array<number>(count).fill(0);
      for (let text = 0; text < texts; text += 1) {
        for (let head = 0; head < heads; head += 1) {
          const first = (i: number): number => (text * places + i) * size + head * own;
          const part = (all: readonly number[]): number[][] =>
            Array.from({ length: places }, (_, i) => all.slice(first(i), first(i) + own));
          for (const [i, row] of plainSeen(part(query), part(key), part(value)).entries()) {
            for (const [k, one] of row.entries()) seen[first(i) + k] = one;
          }
        }
      }
      return seen;
    };

    it('sees what plain sums see, and nothing that comes later; its slopes are those of differences', () => {
      const [query, key, value] = [given.query, given.key, given.value].map(place);
      if (query === undefined || key === undefined || value === undefined) throw new Error('none');
      const shares = machine.memory.take(4 * texts * heads * places * places);
      const seen = machine.memory.take(4 * count);
      machine.kernels.attendCausal(query, key, value, shares, seen, texts, places, heads, own);
      expectClose(read(seen, count), plain(given));
      const outs = [place(draw(count)), place(draw(count)), place(draw(count))] as const;
      const room = machine.memory.take(4 * places);
      const slopesAt = place(by);
      machine.kernels.attendCausalBack(
        ...[query, key, value, shares, slopesAt],
        ...outs,
        ...[texts, places, heads, own, room],
      );
      for (const [i, name] of (['query', 'key', 'value'] as const).entries()) {
        const wanted = slopes(given[name], (values) =>
          dot(plain({ ...given, [name]: values }), by),
        );
        expectClose(read(outs[i] ?? 0, count), wanted);
      }
    });
  },
);

describe('layer normalization', () => {
  const [rows, width, floor] = [3, 8, 1e-5];
  const [values, scale, offset, by] = [
    draw(rows * width),
    draw(width),
    draw(width),
    draw(rows * width),
  ];
  const plain = (all: readonly number[]): number[] =>
    all.map((value, at) => {
      const start = at - (at % width);
      const row = all.slice(start, start + width);
      const mean = sum(row) / width;
      const variance = sum(row.map((one) => (one - mean) ** 2)) / width;
      const own = (value - mean) / Math.sqrt(variance + floor);
      return own * (scale[at % width] ?? NaN) + (offset[at % width] ?? NaN);
    });

  it('is the plain one, with its slopes', () => {
    const normalized = machine.memory.take(4 * rows * width);
    const inverses = machine.memory.take(16);
    const out = machine.memory.take(4 * rows * width);
    const [from, factors] = [place(values), place(scale)];
    machine.kernels.normRows(
      from,
      rows,
      width,
      floor,
      factors,
      place(offset),
      normalized,
      inverses,
      out,
    );
    expectClose(read(out, rows * width), plain(values));
    const derivatives = place(by);
    machine.kernels.normRowsBack(derivatives, rows, width, factors, normalized, inverses);
    expectClose(
      read(derivatives, rows * width),
      slopes(values, (all) => dot(plain(all), by)),
    );
  });

  it('keeps a row of equal numbers finite', () => {
    const at = place(new Array<number>(8).fill(3));
    const [normalized, inverses, out] = [place(draw(8)), place(draw(4)), place(draw(8))];
    machine.kernels.normRows(
      at,
      1,
      8,
      floor,
      place(scale),
      place(offset),
      normalized,
      inverses,
      out,
    );
    expect(read(out, 8)).toEqual(offset);
  });
});

describe('gelu', () => {
  const values = [-40, -3, -0.5, 0, 1e-8, 0.5, 3, 40];
  const plain = (x: number): number =>
    (x / 2) * (1 + tanh(0.7978845608028654 * (x + 0.044715 * x ** 3)));

  it('is the plain one, with its slope', () => {
    const [from, out] = [place(values), place(values)];
    machine.kernels.gelu(from, out, values.length);
    expectClose(read(out, values.length), values.map(plain));
    const derivatives = place(values.map(() => 1));
    machine.kernels.geluBack(derivatives, from, values.length);
    expectClose(
      read(derivatives, values.length),
      values.map((x) => (plain(x + 1e-5) - plain(x - 1e-5)) / 2e-5),
    );
  });

  it('leaves what is no number none', () => {
    const [from, out] = [place([NaN, 1, 1, 1]), place([0, 0, 0, 0])];
    machine.kernels.gelu(from, out, 4);
    expect(read(out, 2)).toEqual([NaN, expect.closeTo(0.8412, 4)]);
  });
});
