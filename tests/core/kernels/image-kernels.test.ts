import { beforeAll, describe, expect, it } from 'vitest';
import { startNetworkMachine, type NetworkMachine } from '#core/kernels/network-kernels.ts';
import { RandomStream } from '#core/random.ts';
import { addedPatches, plainMaxPool, plainPatches, type Image } from './plain-images.ts';

const random = new RandomStream(1);
let machine: NetworkMachine;
beforeAll(async () => {
  machine = await startNetworkMachine();
});

function drawImage(height: number, width: number, channels: number): number[][][] {
  const draw = (): number => Math.fround(random.normal());
  return Array.from({ length: height }, () =>
    Array.from({ length: width }, () => Array.from({ length: channels }, draw)),
  );
}

function place(values: readonly number[]): number {
  const at = machine.memory.take(4 * values.length);
  machine.memory.float32(at, values.length).set(values);
  return at;
}
const read = (at: number, count: number): number[] => [...machine.memory.float32(at, count)];
const placeImage = (image: Image): number => place(image.flat(2));

describe.each([
  [3, 3, 1, 3, 1],
  [5, 7, 1, 3, 1],
  [6, 5, 3, 5, 1],
  [9, 8, 8, 3, 2],
  [4, 4, 16, 3, 1],
])('windows of an image %i × %i × %i', (height, width, channels, size, stride) => {
  const image = drawImage(height, width, channels);
  const plain = plainPatches(image, size, stride);
  const length = size * size * channels;
  const step = 8 * Math.ceil(length / 8);
  const [down, right] = [height, width].map((side) => Math.floor((side - size) / stride) + 1);
  const shape = [4 * width * channels, 4 * channels, stride, size, down ?? 0, right ?? 0] as const;

  it(`of ${size} × ${size}, ${stride} apart, are rows with zeros behind`, () => {
    const to = place(Array.from({ length: plain.length * step }, () => 9));
    machine.kernels.takePatches(placeImage(image), ...shape, to, 4 * step);
    const filling = Array.from({ length: step - length }, () => 0);
    expect(read(to, plain.length * step)).toEqual(plain.flatMap((row) => [...row, ...filling]));
  });

  it('are added back', () => {
    const rows = plain.map(() => Array.from({ length: step }, () => Math.fround(random.normal())));
    const at = placeImage(image);
    machine.kernels.addPatches(at, ...shape, place(rows.flat()), 4 * step);
    expect(read(at, height * width * channels)).toEqual(
      addedPatches(image, rows, size, stride).flat(2),
    );
  });
});

describe.each([
  [2, 2, 4],
  [4, 6, 8],
  [5, 7, 8],
])('the largest of an image %i × %i × %i', (height, width, channels) => {
  const image = drawImage(height, width, channels);
  // Equal ones, of which the first counts.
  image[0]?.[0]?.fill(3);
  image[1]?.[1]?.fill(3);
  const plain = plainMaxPool(image);
  const shape = [4 * width * channels, 4 * channels, height >> 1, width >> 1] as const;

  it('of each two by two pixels are found', () => {
    const to = machine.memory.take(4 * plain.length);
    machine.kernels.maxPool(placeImage(image), ...shape, to);
    expect(read(to, plain.length)).toEqual(plain.map(({ top }) => top));
  });

  it('get the derivatives', () => {
    const given = plain.map(() => Math.fround(random.normal()));
    const to = machine.memory.take(4 * height * width * channels);
    machine.kernels.maxPoolBack(placeImage(image), ...shape, place(given), to);
    const expected = new Array<number>(height * width * channels).fill(0);
    for (const [i, { line, pixel, c }] of plain.entries()) {
      expected[(line * width + pixel) * channels + c] = given[i] ?? NaN;
    }
    expect(read(to, expected.length)).toEqual(expected);
  });
});

describe('numbers', () => {
  it('are copied line by line', () => {
    const to = place([9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]);
    machine.kernels.copyRows(place([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 20, 2, 20, to, 24);
    expect(read(to, 12)).toEqual([1, 2, 3, 4, 5, 9, 6, 7, 8, 9, 10, 9]);
  });

  it('are added', () => {
    const to = place([1, 2, 3, 4, 5, 6, 7]);
    machine.kernels.add(to, place([1, 1, 1, 1, 1, 1, 1]), 24);
    expect(read(to, 7)).toEqual([2, 3, 4, 5, 6, 7, 7]);
  });
});
