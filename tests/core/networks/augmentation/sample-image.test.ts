import { describe, expect, it } from 'vitest';
import type { ImageShape } from '#core/features/matrix.ts';
import { Chance } from '#core/networks/augmentation/chance.ts';
import { drawChange, placementOf, type Change } from '#core/networks/augmentation/placement.ts';
import { sampleImage } from '#core/networks/augmentation/sample-image.ts';
import { RandomStream } from '#core/random.ts';

const unchanged: Change = {
  ...{ flipsAcross: false, flipsDown: false, kept: 1, degrees: 0 },
  ...{ offset: [0, 0], shift: [0, 0] },
};

function changed(image: Float32Array, shape: ImageShape, change: Partial<Change>): Float32Array {
  const to = new Float32Array(image.length);
  const placement = placementOf({ ...unchanged, ...change }, shape);
  sampleImage({ values: image, at: 0 }, shape, placement, { values: to, at: 0 });
  return to;
}

function drawn({ height, width, channels }: ImageShape): Float32Array {
  const random = new RandomStream(4);
  return Float32Array.from({ length: height * width * channels }, () => random.normal());
}

/** Lines of numbers as one image of grey pixels. */
function grey(...lines: readonly (readonly number[])[]): [Float32Array, ImageShape] {
  const shape = { height: lines.length, width: lines[0]?.length ?? 0, channels: 1 };
  return [Float32Array.from(lines.flat()), shape];
}

const shapes: readonly ImageShape[] = [
  { height: 5, width: 5, channels: 1 },
  { height: 6, width: 6, channels: 3 },
  { height: 4, width: 7, channels: 3 },
  { height: 1, width: 1, channels: 1 },
];

describe('planted pixels', () => {
  const [image, shape] = grey([1, 2, 3], [4, 5, 6], [7, 8, 9]);
  const lines = (...rows: readonly (readonly number[])[]): Float32Array => grey(...rows)[0];

  it.each([
    [{ flipsAcross: true }, lines([3, 2, 1], [6, 5, 4], [9, 8, 7])],
    [{ flipsDown: true }, lines([7, 8, 9], [4, 5, 6], [1, 2, 3])],
    [{ degrees: 90 }, lines([3, 6, 9], [2, 5, 8], [1, 4, 7])],
    [{ degrees: -90 }, lines([7, 4, 1], [8, 5, 2], [9, 6, 3])],
    [{ degrees: 180 }, lines([9, 8, 7], [6, 5, 4], [3, 2, 1])],
    // To the right and up, with the edge repeated.
    [{ shift: [1, -1] as const }, lines([4, 4, 5], [7, 7, 8], [7, 7, 8])],
    [{ shift: [0.5, 0] as const }, lines([1, 1.5, 2.5], [4, 4.5, 5.5], [7, 7.5, 8.5])],
    // First turned over, then turned: the order of a change.
    [{ flipsAcross: true, degrees: 90 }, lines([1, 4, 7], [2, 5, 8], [3, 6, 9])],
  ])('%j', (change, expected) => {
    expect(changed(image, shape, change)).toEqual(expected);
  });

  it('half of four columns, brought back to four, repeats the quarters in between', () => {
    const [four, wide] = grey([0, 4, 8, 12]);
    expect(changed(four, wide, { kept: 0.5 })).toEqual(lines([3, 5, 7, 9]));
    // As far to the left as there is room.
    expect(changed(four, wide, { kept: 0.5, offset: [-1, 0] })).toEqual(lines([0, 1, 3, 5]));
  });
});

describe.each(shapes)('$height × $width × $channels', (shape) => {
  const image = drawn(shape);
  const after = (...changes: readonly Partial<Change>[]): Float32Array =>
    changes.reduce((current, change) => changed(current, shape, change), image);

  it('flips and half turns undo themselves, and lose no pixel', () => {
    for (const change of [{ flipsAcross: true }, { flipsDown: true }, { degrees: 180 }]) {
      expect(after(change, change)).toEqual(image);
      expect(after(change).toSorted()).toEqual(image.toSorted());
    }
    expect(after({ flipsAcross: true }, { flipsDown: true })).toEqual(after({ degrees: 180 }));
    expect(after({})).toEqual(image);
  });

  it('quarter turns of a square undo themselves, channel by channel', () => {
    if (shape.height !== shape.width) return;
    const quarter = { degrees: 90 };
    expect(after(quarter, { degrees: -90 })).toEqual(image);
    expect(after(quarter, quarter, quarter, quarter)).toEqual(image);
    expect(after({ degrees: 270 })).toEqual(after({ degrees: -90 }));
  });

  it('an even image stays what it is, and no pixel leaves the range of what there was', () => {
    const even = new Float32Array(image.length).fill(0.3);
    const all = { flip: 'both', crop: 0.9, shift: 0.9, rotate: 180, mixUp: 0 } as const;
    const [least, most] = [Math.min(...image), Math.max(...image)];
    for (let row = 0; row < 200; row += 1) {
      const change = drawChange(all, shape, new Chance(1, 2, row));
      expect(changed(even, shape, change)).toEqual(even);
      for (const value of changed(image, shape, change)) {
        expect(value).toBeGreaterThanOrEqual(least);
        expect(value).toBeLessThanOrEqual(most);
      }
    }
  });
});

it('what chance does stays within what the parameters allow, and reaches far', () => {
  const shape = { height: 10, width: 20, channels: 1 };
  const changes = Array.from({ length: 2000 }, (_, row) =>
    drawChange(
      { flip: 'horizontal', crop: 0.4, shift: 0.1, rotate: 30, mixUp: 0 },
      shape,
      new Chance(7, 3, row),
    ),
  );
  const shareOf = (is: (change: Change) => boolean): number =>
    changes.filter(is).length / changes.length;
  expect(shareOf(({ flipsDown }) => flipsDown)).toBe(0);
  expect(Math.abs(shareOf(({ flipsAcross }) => flipsAcross) - 0.5)).toBeLessThan(0.04);
  const ranges: readonly (readonly [(change: Change) => number, number, number])[] = [
    [({ degrees }) => degrees, -30, 30],
    [({ shift }) => shift[0], -2, 2],
    [({ shift }) => shift[1], -1, 1],
    [({ kept }) => kept, 0.6, 1],
    // The part that is kept lies within the image, wherever there is room.
    [({ offset, kept }) => offset[0] / (20 * (1 - kept)), -0.5, 0.5],
    [({ offset, kept }) => offset[1] / (10 * (1 - kept)), -0.5, 0.5],
  ];
  for (const [value, least, most] of ranges) {
    const all = changes.map(value);
    const room = (most - least) / 100;
    expect(Math.min(...all)).toBeGreaterThanOrEqual(least);
    expect(Math.min(...all)).toBeLessThan(least + room);
    expect(Math.max(...all)).toBeLessThanOrEqual(most);
    expect(Math.max(...all)).toBeGreaterThan(most - room);
    const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
    expect(Math.abs(mean - (least + most) / 2)).toBeLessThan(3 * room);
  }
});
