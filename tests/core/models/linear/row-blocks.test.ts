import { describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { freeScores, logisticLoss } from '#core/models/linear/logistic-loss.ts';
import { RowBlocks } from '#core/models/linear/row-blocks.ts';
import { Breather } from '#core/breather.ts';
import { RandomStream } from '#core/random.ts';

function draw(rows: number, width: number, outputs: number): TrainingData {
  const random = new RandomStream(rows + width);
  const values = Float32Array.from({ length: rows * width }, () => 3 + random.normal());
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  return {
    task: 'classification',
    features: { rows, width, values, names },
    target: Float64Array.from({ length: rows }, () => random.integer(outputs)),
    weights: Float64Array.from({ length: rows }, () => random.integer(3)).fill(1, 0, 1),
    outputs,
  };
}

/** Mean cross-entropy, and its derivatives by a class's intercept and by its first coefficient. */
function plainLoss({ features, target, weights, outputs }: TrainingData, point: Float64Array) {
  const { rows, width, values } = features;
  const sets = freeScores(outputs);
  let [total, loss] = [0, 0];
  const byIntercept = new Float64Array(sets);
  const byFirst = new Float64Array(sets);
  for (let i = 0; i < rows; i += 1) {
    const row = values.subarray(i * width, (i + 1) * width);
    const scores = Array.from({ length: sets }, (_, k) =>
      row.reduce(
        (sum, x, j) => sum + x * (point[j * sets + k] ?? NaN),
        point[width * sets + k] ?? NaN,
      ),
    );
    const all = outputs === 2 ? [0, ...scores] : scores;
    const sum = all.reduce((s, score) => s + Math.exp(score), 0);
    const [count, label] = [weights?.[i] ?? NaN, target[i] ?? NaN];
    total += count;
    loss += count * (Math.log(sum) - (all[label] ?? NaN));
    for (let k = 0; k < sets; k += 1) {
      const own = k + outputs - scores.length;
      const slope = count * (Math.exp(scores[k] ?? NaN) / sum - Number(own === label));
      byIntercept[k] = (byIntercept[k] ?? NaN) + slope;
      byFirst[k] = (byFirst[k] ?? NaN) + slope * (row[0] ?? 0);
    }
  }
  return {
    loss: loss / total,
    byIntercept: byIntercept.map((sum) => sum / total),
    byFirst: byFirst.map((sum) => sum / total),
  };
}

describe('rows in blocks', () => {
  it.each([
    [1, 3, 2],
    [511, 2, 2],
    [1300, 40, 2],
    [1030, 1, 4],
    [5, 20_000, 3],
    [9, 0, 2],
  ])('%i rows of %i features and %i classes: the mean loss and its gradient', async (...shape) => {
    const data = draw(...shape);
    const [, width, outputs] = shape;
    const sets = freeScores(outputs);
    const blocks = await RowBlocks.over(data, sets);
    const random = new RandomStream(3);
    const point = Float64Array.from(
      { length: (width + 1) * sets },
      () => random.normal() / (width + 1),
    );
    const gradient = new Float64Array(point.length);
    const loss = await blocks.mean(point, gradient, logisticLoss(outputs));
    const wanted = plainLoss(data, point);
    expect(loss).toBeCloseTo(wanted.loss, 12);
    for (let k = 0; k < sets; k += 1) {
      expect(gradient[width * sets + k]).toBeCloseTo(wanted.byIntercept[k] ?? NaN, 12);
      if (width > 0) expect(gradient[k]).toBeCloseTo(wanted.byFirst[k] ?? NaN, 12);
    }
    expect(await blocks.mean(point, null, logisticLoss(outputs))).toBe(loss);
  });

  it('moments start from the first row, and are 0 for a feature that never varies', async () => {
    const data = draw(1030, 3, 2);
    for (let i = 0; i < 1030; i += 1) data.features.values[3 * i + 1] = 1e7;
    const { first, sums, squares } = await (await RowBlocks.over(data, 1)).moments();
    expect([first[1], sums[1], squares[1]]).toEqual([1e7, 0, 0]);
    expect((first[2] ?? NaN) + (sums[2] ?? NaN) / 1030).toBeCloseTo(3, 0);
  });

  it('a pass over many cells hears a cancel in its midst', async () => {
    const controller = new AbortController();
    const data = draw(9000, 1, 2);
    const features = { ...data.features, width: 500, values: new Float32Array(9000 * 500) };
    const breather = new Breather(controller.signal);
    const blocks = await RowBlocks.over({ ...data, features }, 1, breather);
    let visited = 0;
    const pass = blocks.mean(new Float64Array(501), null, () => {
      controller.abort();
      visited += 1;
      return 0;
    });
    await expect(pass).rejects.toMatchObject({ kind: 'cancelled' });
    expect(visited).toBeGreaterThan(0);
  });
});
