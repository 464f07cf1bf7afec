import { beforeAll, describe, expect, it } from 'vitest';
import { startNetworkMachine, type NetworkMachine } from '#core/kernels/network-kernels.ts';
import { dropKey, dropLimit, dropMask } from '#core/networks/drop-mask.ts';
import { RandomStream } from '#core/random.ts';
import {
  plainAdam,
  plainMoments,
  plainProduct,
  plainSgd,
  plainSoftmax,
  plainSquares,
  plainSums,
  plainTranspose,
  type Matrix,
} from './plain-networks.ts';

const random = new RandomStream(1);
let machine: NetworkMachine;
beforeAll(async () => {
  machine = await startNetworkMachine();
});

const draw = (count: number): number[] =>
  Array.from({ length: count }, () => Math.fround(random.normal()));
const drawMatrix = (rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, () => draw(columns));

function place(values: readonly number[]): number {
  const at = machine.memory.take(4 * values.length);
  machine.memory.float32(at, values.length).set(values);
  return at;
}
const read = (at: number, count: number): number[] => [...machine.memory.float32(at, count)];
const placeMatrix = (matrix: Matrix): number => place(matrix.flat());

describe.each([
  [4, 8, 0],
  [4, 8, 1],
  [8, 16, 3],
  [12, 24, 65],
])('a product of [%i, k] and [k, %i] with k = %i', (m = 0, n = 0, k = 0) => {
  it.each(['row after row', 'column after column'])('has the bits of plain sums, %s', (order) => {
    const [a, b, bias] = [drawMatrix(m, k), drawMatrix(k, n), draw(n)];
    const isRows = order === 'row after row';
    const given = placeMatrix(isRows ? a : plainTranspose(a));
    const [rowStep, columnStep] = isRows ? [4 * k, 4] : [4, 4 * m];
    const c = machine.memory.take(4 * m * n);
    const panel = machine.memory.take(32 * k);
    const [second, offsets] = [placeMatrix(b), place(bias)];
    machine.kernels.multiply(given, rowStep, columnStep, second, offsets, c, m, n, k, panel);
    expect(read(c, m * n)).toEqual(plainProduct(a, b, bias).flat());
    machine.kernels.multiply(given, rowStep, columnStep, second, 0, c, m, n, k, panel);
    const none = bias.map(() => 0);
    expect(read(c, m * n)).toEqual(plainProduct(a, b, none).flat());
  });
});

describe('matrices', () => {
  it('are transposed', () => {
    const a = drawMatrix(8, 12);
    const to = machine.memory.take(4 * 96);
    machine.kernels.transpose(placeMatrix(a), 8, 12, to);
    expect(read(to, 96)).toEqual(plainTranspose(a).flat());
  });

  it('have sums of columns', () => {
    const a = drawMatrix(5, 8);
    const sums = machine.memory.take(32);
    machine.kernels.sumRows(placeMatrix(a), 5, 8, sums);
    expect(read(sums, 8)).toEqual(plainSums(a));
  });

  it('give rows and numbers in any order', () => {
    const a = drawMatrix(6, 8);
    const order = [5, 0, 0, 3];
    const orderAt = machine.memory.take(16);
    machine.memory.uint32(orderAt, 4).set(order);
    const to = machine.memory.take(128);
    const from = placeMatrix(a);
    machine.kernels.gatherRows(from, orderAt, 4, 32, to);
    expect(read(to, 32)).toEqual(order.flatMap((row) => a[row] ?? []));
    machine.kernels.gatherWords(from, orderAt, 4, to);
    expect(read(to, 4)).toEqual(order.map((i) => a.flat()[i]));
  });
});

describe('activations', () => {
  const odd = [0, -0, 1e-30, -1e-30, 30, -30, 1e30, -1e30, Infinity, -Infinity, 0.5, -0.5];

  it('are relu and tanh, within a unit of float32; what is no number stays none', () => {
    const values = [...odd, ...draw(20), NaN, NaN, 1, 2].map(Math.fround);
    const [relu, tanh] = [place(values), place(values)];
    machine.kernels.relu(relu, values.length);
    machine.kernels.tanh(tanh, values.length);
    expect(read(relu, values.length)).toEqual(values.map((x) => (x > 0 || x !== x ? x : 0)));
    for (const [i, y] of read(tanh, values.length).entries()) {
      const x = values[i] ?? 0;
      if (Number.isNaN(x)) expect(y).toBeNaN();
      else expect(Math.abs(y - Math.tanh(x))).toBeLessThanOrEqual(6e-8);
    }
  });

  it('hand derivatives back', () => {
    const [given, derivatives] = [[0, -0, 0.5, 2], draw(4)];
    const [relu, tanh] = [place(derivatives), place(derivatives)];
    machine.kernels.reluBack(relu, place(given), 4);
    expect(read(relu, 4)).toEqual([0, 0, derivatives[2], derivatives[3]]);
    machine.kernels.tanhBack(tanh, place(given), 4);
    const slopes = given.map((y) => Math.fround(1 - Math.fround(y * y)));
    const expected = derivatives.map((d, i) => Math.fround(d * (slopes[i] ?? 0)));
    expect(read(tanh, 4)).toEqual(expected);
  });
});

describe('losses', () => {
  it.each([2, 3, 8])('of %i classes are cross-entropy, and so are their derivatives', (classes) => {
    const rows = [...drawMatrix(3, classes), Array.from({ length: classes }, (_, k) => 200 * k)];
    const labels = rows.map((_, i) => i % classes);
    const padded = rows.map((row) => [...row, ...draw(8 - classes)]);
    const [at, labelsAt] = [placeMatrix(padded), machine.memory.take(16)];
    machine.memory.uint32(labelsAt, 4).set(labels);
    const plain = rows.map((row, i) => plainSoftmax(row, labels[i] ?? 0));
    const loss = machine.kernels.softmax(at, 32, 4, classes, labelsAt, 0);
    const expected = plain.reduce((sum, one) => sum + one.loss, 0);
    expect(Math.abs(loss - expected)).toBeLessThan(1e-6 * expected);
    for (const [i, { p }] of plain.entries()) {
      const found = read(at + 32 * i, classes);
      for (const [k, share] of p.entries()) expect(found[k]).toBeCloseTo(share, 6);
    }
    machine.kernels.softmaxBack(at, 32, 4, classes, labelsAt, 0.25, 0, 0);
    for (const [i, { p }] of plain.entries()) {
      const found = read(at + 32 * i, classes);
      for (const [k, share] of p.entries()) {
        expect(found[k]).toBeCloseTo(0.25 * (share - (k === labels[i] ? 1 : 0)), 6);
      }
    }
  });

  it('of values are squared errors', () => {
    const [values, targets] = [draw(4), draw(4)];
    const at = placeMatrix(values.map((value) => [value, ...draw(7)]));
    const loss = machine.kernels.squaredLoss(at, 32, 4, place(targets), 0.5, 0);
    const away = values.map((value, i) => Math.fround(value - (targets[i] ?? 0)));
    expect(loss).toBe(away.reduce((sum, one) => sum + one * one, 0));
    expect(away.map((_, i) => read(at + 32 * i, 1)[0])).toEqual(away);
  });

  it('count by the weights of rows, and smooth labels on the way back alone', () => {
    const [rows, weights, smoothing] = [drawMatrix(4, 3), [0, 1, 2.5, 0.5], 0.25];
    const labels = [0, 1, 2, 0];
    const [at, labelsAt] = [placeMatrix(rows.map((row) => [...row, 0])), machine.memory.take(16)];
    machine.memory.uint32(labelsAt, 4).set(labels);
    const weightsAt = place(weights);
    const plain = rows.map((row, i) => plainSoftmax(row, labels[i] ?? 0));
    const expected = plain.reduce((sum, { loss }, i) => sum + loss * (weights[i] ?? 0), 0);
    expect(machine.kernels.softmax(at, 16, 4, 3, labelsAt, weightsAt)).toBeCloseTo(expected, 5);
    machine.kernels.softmaxBack(at, 16, 4, 3, labelsAt, 0.5, smoothing, weightsAt);
    for (const [i, { p }] of plain.entries()) {
      for (const [k, share] of p.entries()) {
        const target = smoothing / 3 + (k === labels[i] ? 1 - smoothing : 0);
        const slope = 0.5 * (weights[i] ?? 0) * (share - target);
        expect(read(at + 16 * i, 3)[k]).toBeCloseTo(slope, 6);
      }
    }
    const values = placeMatrix(rows.map((row) => [...row, 0]));
    const away = rows.map((row, i) => (weights[i] ?? 0) * ((row[0] ?? 0) - 1) ** 2);
    const loss = machine.kernels.squaredLoss(values, 16, 4, place([1, 1, 1, 1]), 0.5, weightsAt);
    expect(loss).toBeCloseTo(
      away.reduce((sum, one) => sum + one, 0),
      5,
    );
    const slopes = rows.map((row, i) => (weights[i] ?? 0) * ((row[0] ?? 0) - 1));
    for (const [i, slope] of slopes.entries()) {
      expect(read(values + 16 * i, 1)[0]).toBeCloseTo(slope, 5);
    }
  });

  it('that are no numbers say so', () => {
    const at = place([NaN, 1, 2, 3, 0, 0, 0, 0]);
    const labels = machine.memory.take(16);
    expect(machine.kernels.softmax(at, 32, 1, 4, labels, 0)).toBeNaN();
  });
});

describe('Adam', () => {
  it('has the bits of plain steps', () => {
    const options = { rate: 0.01, penalty: 0.1, firstTotal: 0.19, secondTotal: 0.002 };
    const [parameters, gradients, first] = [draw(8), draw(8), draw(8)];
    const second = draw(8).map(Math.abs);
    const places = [parameters, gradients, first, second].map(place) as [
      number,
      number,
      number,
      number,
    ];
    const { rate, penalty, firstTotal, secondTotal } = options;
    machine.kernels.adam(...places, 8, rate, penalty, firstTotal, secondTotal);
    const expected = parameters.map((parameter, i) =>
      plainAdam(
        { parameter, first: first[i] ?? 0, second: second[i] ?? 0 },
        gradients[i] ?? 0,
        options,
      ),
    );
    expect(read(places[0], 8)).toEqual(expected.map(({ parameter }) => parameter));
    expect(read(places[2], 8)).toEqual(expected.map((one) => one.first));
    expect(read(places[3], 8)).toEqual(expected.map((one) => one.second));
  });
});

describe('gradient descent', () => {
  it.each([false, true])('has the bits of plain steps, Nesterov: %s', (nesterov) => {
    const options = { rate: 0.03, penalty: 0.1, momentum: 0.9, nesterov };
    const [parameters, gradients, velocities] = [draw(8), draw(8), draw(8)];
    const [parametersAt, velocitiesAt] = [place(parameters), place(velocities)];
    machine.kernels.sgd(
      parametersAt,
      place(gradients),
      velocitiesAt,
      8,
      options.rate,
      options.penalty,
      options.momentum,
      Number(nesterov),
    );
    const expected = parameters.map((parameter, i) =>
      plainSgd({ parameter, velocity: velocities[i] ?? 0 }, gradients[i] ?? 0, options),
    );
    expect(read(parametersAt, 8)).toEqual(expected.map(({ parameter }) => parameter));
    expect(read(velocitiesAt, 8)).toEqual(expected.map(({ velocity }) => velocity));
  });
});

describe('numbers as one vector', () => {
  it('have a sum of squares, and are scaled', () => {
    const values = [...draw(10), 1e19, -1e19];
    const at = place(values);
    expect(machine.kernels.sumSquares(at, 12)).toBe(plainSquares(read(at, 12)));
    const before = read(at, 12);
    machine.kernels.scale(at, 12, 0.3);
    expect(read(at, 12)).toEqual(before.map((x) => Math.fround(x * Math.fround(0.3))));
  });
});

describe('dropout', () => {
  it('has the masks that are made in TypeScript, from row to row', () => {
    const [columns, share] = [5, 0.4];
    const rows = drawMatrix(6, columns);
    const from = placeMatrix(rows.map((row) => [...row, 0, 0, 0]));
    const to = machine.memory.take(4 * 48);
    const here = { seed: -7, step: 12, layer: 3 };
    const [key, limit] = [dropKey(here), dropLimit(share)];
    machine.kernels.dropout(from, to, 6, columns, 32, key, limit, 1 / (1 - share));
    const mask = dropMask(here, 30, share);
    for (const [i, row] of rows.entries()) {
      const expected = row.map((x, k) => Math.fround(x * (mask[i * columns + k] ?? NaN)) + 0);
      expect(read(to + 32 * i, 8).map((x) => x + 0)).toEqual([...expected, 0, 0, 0]);
    }
  });

  it('drops about its share, in another place others', () => {
    const here = { seed: 1, step: 0, layer: 2 };
    const masks = [here, { ...here, step: 1 }, { ...here, layer: 4 }, { ...here, seed: 2 }].map(
      (one) => dropMask(one, 20_000, 0.25),
    );
    for (const [i, mask] of masks.entries()) {
      const dropped = mask.filter((factor) => factor === 0).length / mask.length;
      expect(Math.abs(dropped - 0.25)).toBeLessThan(0.015);
      // Two masks drop the same number by chance alone: in a quarter of a quarter of the places.
      const other = masks[(i + 1) % masks.length] ?? mask;
      const both = mask.filter((factor, k) => factor === 0 && other[k] === 0).length;
      expect(Math.abs(both / mask.length - 0.0625)).toBeLessThan(0.01);
    }
  });
});

describe('batch normalization', () => {
  it('takes means and variances of columns', () => {
    const a = drawMatrix(7, 8).map((row) => row.map((x, j) => Math.fround(x + 100 * j)));
    const [means, variances] = [machine.memory.take(32), machine.memory.take(32)];
    machine.kernels.columnMoments(placeMatrix(a), 7, 8, means, variances);
    for (const [j, { mean, variance }] of plainMoments(a).entries()) {
      expect(read(means, 8)[j]).toBeCloseTo(mean, 3);
      expect(read(variances, 8)[j]).toBeCloseTo(variance, 3);
    }
  });

  it('has the bits of plain sums, there and back', () => {
    const [a, b, [p = [], q = [], r = []]] = [drawMatrix(3, 8), drawMatrix(3, 8), drawMatrix(3, 8)];
    const [at, to, sums] = [placeMatrix(a), machine.memory.take(96), machine.memory.take(32)];
    const { fround } = Math;
    const each = (make: (x: number, i: number, j: number) => number): number[] =>
      a.flatMap((row, i) => row.map((x, j) => fround(make(x, i, j))));
    const at2 = (values: readonly number[], j: number): number => values[j] ?? NaN;
    machine.kernels.normalize(at, 3, 8, place(p), place(q), to);
    expect(read(to, 24)).toEqual(each((x, _, j) => fround(x - at2(p, j)) * at2(q, j)));
    machine.kernels.scaleColumns(at, 3, 8, place(p), place(q), to);
    expect(read(to, 24)).toEqual(each((x, _, j) => fround(x * at2(p, j)) + at2(q, j)));
    machine.kernels.sumProducts(at, placeMatrix(b), 3, 8, sums);
    const products = a.map((row, i) => row.map((x, j) => fround(x * (b[i]?.[j] ?? NaN))));
    expect(read(sums, 8)).toEqual(plainSums(products));
    machine.kernels.normalizeBack(at, placeMatrix(b), 3, 8, place(p), place(q), place(r));
    const back = each((x, i, j) => {
      const along = fround((b[i]?.[j] ?? NaN) * at2(r, j));
      return fround(fround(x - at2(q, j)) - along) * at2(p, j);
    });
    expect(read(at, 24)).toEqual(back);
  });
});
