import { beforeAll, describe, expect, it } from 'vitest';
import { startNetworkMachine, type NetworkMachine } from '#core/kernels/network-kernels.ts';
import { RandomStream } from '#core/random.ts';
import { pointFactors, POINTS, SIDE } from '#engine/networks/kernels/tiles/tiles.ts';

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
const zeros = (count: number): number => place(new Array<number>(count).fill(0));
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, one, i) => sum + one * (b[i] ?? NaN), 0);
const range = (count: number): number[] => [...Array(count).keys()];

function expectClose(ours: readonly number[], plain: readonly number[]): void {
  expect(ours).toHaveLength(plain.length);
  const size = Math.max(...plain.map(Math.abs));
  for (const [i, value] of ours.entries()) {
    expect(Math.abs(value - (plain[i] ?? NaN))).toBeLessThanOrEqual(3e-6 * size);
  }
}

const CHANNELS = 8;
const PIXEL = 4 * CHANNELS;

/** Two by three tiles, each giving windows of `side` by `side`, of an image that they fill. */
function tilesOf(windows: number): {
  readonly height: number;
  readonly width: number;
  readonly down: number;
  readonly right: number;
  /** Numbers at the points. */
  readonly points: number;
  /** The arguments of a kernel from the second on, but for the points' own addresses. */
  readonly call: (lines: number, at: number) => readonly [...Nine];
} {
  const [down, right] = [2, 3];
  const [height, width] = [down * windows, right * windows];
  const step = 6 * PIXEL;
  const room = machine.memory.take(16 * POINTS);
  return {
    ...{ height, width, down, right, points: POINTS * 6 * CHANNELS },
    call: (pixels, at) => [pixels * PIXEL, PIXEL, windows, down, right, at, step, room],
  };
}
type Nine = readonly [number, number, number, number, number, number, number, number];

describe.each([3, 4, 5])('a convolution of %i × %i in tiles', (size) => {
  const windows = SIDE + 1 - size;

  it('is what its windows give, with a bias', () => {
    const { height, width, points, call } = tilesOf(windows);
    const [lines, pixels] = [height + size - 1, width + size - 1];
    const [image, filter, bias] = [
      draw(lines * pixels * CHANNELS),
      draw(size * size * CHANNELS),
      draw(CHANNELS),
    ];
    const [before, behind] = [zeros(points), zeros(POINTS * CHANNELS)];
    machine.kernels.takeTiles(place(image), ...call(pixels, before));
    const room = machine.memory.take(16 * POINTS);
    const one = [size * PIXEL, PIXEL, size, 1, 1, behind, PIXEL, room] as const;
    machine.kernels.spreadTiles(place(filter), ...one);
    // Each channel by itself: what the points' matrices do besides is a product like any other.
    const weights = read(behind, POINTS * CHANNELS);
    const products = read(before, points).map((value, i) => {
      const point = Math.floor(i / (6 * CHANNELS));
      const weight = weights[point * CHANNELS + (i % CHANNELS)] ?? NaN;
      return value * weight * (pointFactors[point] ?? NaN);
    });
    const to = zeros(height * width * CHANNELS);
    machine.kernels.gatherTiles(to, ...call(width, place(products)), place(bias));
    const plain = range(height * width * CHANNELS).map((i) => {
      const [c, x, y] = [
        i % CHANNELS,
        Math.floor(i / CHANNELS) % width,
        Math.floor(i / CHANNELS / width),
      ];
      const terms = range(size * size).map((place) => {
        const [u, v] = [Math.floor(place / size), place % size];
        const pixel = image[((y + u) * pixels + x + v) * CHANNELS + c] ?? NaN;
        return pixel * (filter[place * CHANNELS + c] ?? NaN);
      });
      return terms.reduce((sum, term) => sum + term, bias[c] ?? NaN);
    });
    expectClose(read(to, plain.length), plain);
  });

  it('has ways back that are those of its ways forward', () => {
    const { height, width, points, call } = tilesOf(windows);
    const [lines, pixels] = [height + size - 1, width + size - 1];
    const ways = [
      { take: 'takeTiles', count: lines * pixels * CHANNELS, pixels },
      { take: 'spreadTiles', count: height * width * CHANNELS, pixels: width },
    ] as const;
    for (const { take, count, pixels: line } of ways) {
      const [image, handed] = [draw(count), draw(points)];
      const [at, to] = [zeros(points), zeros(count)];
      machine.kernels[take](place(image), ...call(line, at));
      if (take === 'takeTiles') machine.kernels.addTiles(to, ...call(line, place(handed)));
      else machine.kernels.gatherTiles(to, ...call(line, place(handed)), 0);
      const [there, back] = [dot(read(at, points), handed), dot(image, read(to, count))];
      expect(Math.abs(there - back)).toBeLessThan(1e-6 * points);
    }
  });
});

it('adds what tiles hand back to what stands there', () => {
  const { points, call } = tilesOf(4);
  const count = 10 * 14 * CHANNELS;
  const [stood, handed] = [draw(count), place(draw(points))];
  const [alone, added] = [zeros(count), place(stood)];
  machine.kernels.addTiles(alone, ...call(14, handed));
  machine.kernels.addTiles(added, ...call(14, handed));
  const sums = read(alone, count).map((value, i) => value + (stood[i] ?? NaN));
  expectClose(read(added, count), sums);
});
