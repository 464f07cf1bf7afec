import { describe, expect, it } from 'vitest';
import type { Augmentation } from '#core/networks/augmentation/augmentation.ts';
import { Augmenter } from '#core/networks/augmentation/augmenter.ts';
import { drawImages } from '../../../support/image-data.ts';
import { drawTraining } from '../../../support/training-data.ts';

const turning: Augmentation = { flip: 'both', crop: 0.3, shift: 0.2, rotate: 40, mixUp: 0 };
const mixing: Augmentation = { flip: 'none', crop: 0, shift: 0, rotate: 0, mixUp: 0.4 };
const data = drawImages({ seed: 1, rows: 12 });
const { width } = data.features;
const order = Int32Array.of(7, 2, 9, 4, 0);

function imagesOf(features: Float32Array): readonly Float32Array[] {
  return Array.from({ length: features.length / width }, (_, i) =>
    features.slice(i * width, (i + 1) * width),
  );
}

const meanOf = (values: Iterable<number>): number => {
  const all = [...values];
  return all.reduce((sum, one) => sum + one, 0) / all.length;
};

describe('images that are changed by chance', () => {
  it('are the same again for the same seed, step and row, whatever else is in the batch', () => {
    const all = imagesOf(new Augmenter(turning, data, 5).batch(order, 3).features);
    expect(imagesOf(new Augmenter(turning, data, 5).batch(order, 3).features)).toEqual(all);
    const some = imagesOf(new Augmenter(turning, data, 5).batch(Int32Array.of(4, 2), 3).features);
    expect(some).toEqual([all[3], all[1]]);
  });

  it('are others with another seed, in another step and for another row of the same pixels', () => {
    const twice = {
      ...data,
      features: { ...data.features, values: data.features.values.slice() },
    };
    twice.features.values.copyWithin(width, 0, width);
    const batch = (seed: number, step: number): readonly Float32Array[] =>
      imagesOf(new Augmenter(turning, twice, seed).batch(Int32Array.of(0, 1), step).features);
    const [own, other] = batch(5, 3);
    expect(own).not.toEqual(other);
    expect(batch(6, 3)[0]).not.toEqual(own);
    expect(batch(5, 4)[0]).not.toEqual(own);
  });

  it('leave the data as they are, and targets to the rows', () => {
    const before = structuredClone(data);
    const batch = new Augmenter({ ...turning, mixUp: 1 }, data, 5).batch(order, 3);
    expect(batch.features).toHaveLength(order.length * width);
    expect(data).toEqual(before);
    expect(Object.keys(new Augmenter(turning, data, 5).batch(order, 3))).toEqual(['features']);
  });

  it('have the old mean where they are only turned over', () => {
    const flipping = { ...mixing, flip: 'both', mixUp: 0 } as const;
    const { features } = new Augmenter(flipping, data, 5).batch(order, 3);
    const given = imagesOf(data.features.values);
    for (const [i, image] of imagesOf(features).entries()) {
      expect(image.toSorted()).toEqual(given[order[i] ?? 0]?.toSorted());
    }
  });

  it('have to be images', () => {
    const table = drawTraining('classification', { seed: 1 });
    expect(() => new Augmenter(turning, table, 1)).toThrow(RangeError);
  });
});

describe('mix-up', () => {
  it('mixes each row with the next one, image and target in one share for the batch', () => {
    const { features, targets = new Float32Array() } = new Augmenter(mixing, data, 5).batch(
      order,
      8,
    );
    const given = imagesOf(data.features.values);
    const share = shareIn(imagesOf(features)[0], given[7], given[2]);
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(1);
    for (const [i, image] of imagesOf(features).entries()) {
      const [row = 0, next = 0] = [order[i], order[(i + 1) % order.length]];
      expect(shareIn(image, given[row], given[next])).toBeCloseTo(share, 4);
      const shares = targets.subarray(i * data.outputs, (i + 1) * data.outputs);
      const expected = new Float64Array(data.outputs);
      expected[data.target[row] ?? 0] = share;
      expected[data.target[next] ?? 0] = (expected[data.target[next] ?? 0] ?? 0) + 1 - share;
      for (const [k, one] of expected.entries()) expect(shares[k]).toBeCloseTo(one, 4);
    }
  });

  it('gives targets of sum 1, and keeps the means of pixels and targets', () => {
    for (let step = 0; step < 50; step += 1) {
      const mixed = new Augmenter(mixing, data, 5).batch(order, step);
      const targets = mixed.targets ?? new Float32Array();
      for (let i = 0; i < order.length; i += 1) {
        expect(3 * meanOf(targets.subarray(3 * i, 3 * i + 3))).toBeCloseTo(1, 6);
      }
      const rows = imagesOf(data.features.values).filter((_, row) => order.includes(row));
      expect(meanOf(mixed.features)).toBeCloseTo(meanOf(rows.flatMap((row) => [...row])), 6);
      const class0 = (all: Iterable<number>): number => [...all].filter((one) => one === 0).length;
      const shares = targets.filter((_, at) => at % 3 === 0);
      expect(meanOf(shares)).toBeCloseTo(
        class0([...order].map((row) => data.target[row] ?? 0)) / order.length,
        6,
      );
    }
  });

  it('mixes values as it mixes images', () => {
    const values = drawImages({ seed: 1, rows: 12, outputs: 1 });
    const { features, targets } = new Augmenter(mixing, values, 5).batch(order, 8);
    const given = imagesOf(values.features.values);
    const share = shareIn(imagesOf(features)[0], given[7], given[2]);
    for (const i of order.keys()) {
      const own = values.target[order[i] ?? 0] ?? NaN;
      const next = values.target[order[(i + 1) % order.length] ?? 0] ?? NaN;
      expect(targets?.[i]).toBeCloseTo(share * own + (1 - share) * next, 4);
    }
  });

  it('of rows with weights counts each target by its own', () => {
    const weights = Float64Array.from({ length: 12 }, (_, row) => (row === 4 ? 0 : row % 3));
    const own = new Augmenter(mixing, data, 5).batch(order, 8);
    const weighted = new Augmenter(mixing, { ...data, weights }, 5).batch(order, 8);
    expect(weighted.features).toEqual(own.features);
    expect(own.weights).toBeUndefined();
    const given = imagesOf(data.features.values);
    const share = shareIn(imagesOf(own.features)[0], given[7], given[2]);
    for (const [i, row] of order.entries()) {
      const next = order[(i + 1) % order.length] ?? 0;
      const [a, b] = [share * (weights[row] ?? 0), (1 - share) * (weights[next] ?? 0)];
      expect(weighted.weights?.[i]).toBeCloseTo(a + b, 4);
      const expected = new Float64Array(3);
      for (const [one, part] of [
        [row, a],
        [next, b],
      ] as const) {
        const k = data.target[one] ?? 0;
        expected[k] = (expected[k] ?? 0) + part;
      }
      for (const [k, one] of expected.entries()) {
        const counted = (weighted.weights?.[i] ?? NaN) * (weighted.targets?.[3 * i + k] ?? NaN);
        expect(counted).toBeCloseTo(one, 4);
      }
    }
  });

  it('leaves a batch of one row as it is', () => {
    const { features, targets } = new Augmenter(mixing, data, 5).batch(Int32Array.of(6), 2);
    expect(features).toEqual(imagesOf(data.features.values)[6]);
    const own = new Float32Array(3);
    own[data.target[6] ?? 0] = 1;
    expect(targets).toEqual(own);
  });
});

/** The share of one image in a mix of it and another, by least squares. */
function shareIn(mixed?: Float32Array, own?: Float32Array, other?: Float32Array): number {
  let [products, squares] = [0, 0];
  for (const [j, value] of (mixed ?? []).entries()) {
    const between = (own?.[j] ?? NaN) - (other?.[j] ?? NaN);
    products += (value - (other?.[j] ?? NaN)) * between;
    squares += between * between;
  }
  return products / squares;
}
