import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '#cli/prepare.mjs';
import type { TrainingData } from '#core/models/estimator.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { runPython } from '../../interop/python.ts';
import { ensurePython } from '../../runner/requirements.mjs';
import { trainToEnd } from '../../support/training-data.ts';
import type { BenchEntry } from '../entry.ts';
import { ydfSeconds } from '../peers/ydf.ts';

const script = join(repository, 'tests', 'bench', 'peers', 'trees.py');

interface Shape {
  readonly rows: number;
  readonly width: number;
  /** 1 for values. */
  readonly outputs: number;
}

type Peer = 'hist_gradient_boosting' | 'lightgbm' | 'random_forest' | 'ydf';

const peerNames = {
  hist_gradient_boosting: 'scikit-learn’s HistGradientBoosting, one thread',
  lightgbm: 'LightGBM, one thread',
  random_forest: 'scikit-learn’s RandomForest, one thread',
  ydf: 'ydf-training 0.0.1 (wasm): its fixed settings, per 100 trees of up to 32 leaves',
} as const satisfies Record<Peer, string>;

/**
 * Training on arrays in memory, ours in Node and the peer's in Python; reading them is not measured. Both are measured in
 * processor time of the whole process, which other work on the machine changes less than the clock's; ours has the
 * compiler's and the garbage collector's threads in it.
 */
function treesEntry(name: string, shape: Shape, peer: Peer): BenchEntry {
  const model = peer === 'random_forest' ? 'random_forest' : 'gradient_boosting';
  const parameters = model === 'random_forest' ? {} : { patience: 0 };
  const what =
    model === 'random_forest'
      ? '100 trees of a random forest'
      : '100 iterations of boosting, 31 leaves, binning included';
  return {
    ...{ name, unit: 's of processor time', better: 'less', peerName: peerNames[peer] },
    repeats: peer === 'ydf' || shape.rows > 500_000 ? 1 : 3,
    what: `${what}, ${shapeText(shape)}, one thread`,
    prepare: async () => {
      const missing = await ensurePython();
      if (missing !== undefined) throw new Error(missing);
      const folder = mkdtempSync(join(tmpdir(), 'terrarium-bench-'));
      const data = draw(shape);
      writeFileSync(join(folder, 'x.f32'), data.features.values);
      writeFileSync(join(folder, 'y.f64'), data.target);
      const args = [peer, folder, String(shape.width), String(shape.outputs)];
      const python = async (): Promise<number> => Number(await runPython(script, { args }));
      return {
        ours: () => processorSeconds(model, parameters, data),
        peer: () => (peer === 'ydf' ? ydfSeconds(data) : python()),
        close: async () => rmSync(folder, { recursive: true }),
      };
    },
  };
}

function shapeText({ rows, width, outputs }: Shape): string {
  const kind = outputs === 1 ? 'values' : `${outputs} classes`;
  return `${rows.toLocaleString('en')} × ${width}, ${kind}`;
}

/** Normal features; the first eight decide, as they are and squared, with noise. */
export function draw({ rows, width, outputs }: Shape): TrainingData {
  const random = new RandomStream(1);
  const values = new Float32Array(rows * width);
  const target = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    let score = 2 * random.normal();
    for (let j = 0; j < width; j += 1) {
      const x = random.normal();
      values[i * width + j] = x;
      if (j < 8) score += j % 2 === 0 ? x * x - 1 : x;
    }
    target[i] =
      outputs === 1
        ? score
        : Math.min(outputs - 1, Math.max(0, Math.floor(score / 2 + outputs / 2)));
  }
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  const task = outputs === 1 ? 'regression' : 'classification';
  return { task, features: { rows, width, values, names }, target, outputs };
}

/** Validation data where nothing is to be validated. */
export function noRowsOf(data: TrainingData): TrainingData {
  const features = { ...data.features, rows: 0, values: new Float32Array(0) };
  return { ...data, features, target: new Float64Array(0) };
}

async function processorSeconds(
  model: string,
  given: Readonly<Record<string, unknown>>,
  train: TrainingData,
): Promise<number> {
  const estimator = estimatorNamed(model);
  if (estimator.train === undefined) throw new Error(`${model} has no trainer`);
  const parameters = resolveParameters(estimator.parameters, given, model);
  const nothing = noRowsOf(train);
  const before = process.cpuUsage();
  const { model: trained } = await trainToEnd(estimator.train, train, parameters, 1, nothing);
  const { user, system } = process.cpuUsage(before);
  trained.dispose();
  return (user + system) / 1e6;
}

export const higgs: Shape = { rows: 100_000, width: 28, outputs: 2 };
const forest: Shape = { rows: 50_000, width: 20, outputs: 2 };

/** What a million rows cost beside a hundred thousand. */
const boostingTenfold: BenchEntry = {
  name: 'boosting-1m-tenfold',
  what: `100 iterations of boosting, 31 leaves, binning included, ${shapeText({ ...higgs, rows: 1_000_000 })}, one thread`,
  peerName: 'the same with a tenth of the rows',
  unit: 's of processor time',
  better: 'less',
  repeats: 3,
  prepare: async () => {
    const [many, few] = [draw({ ...higgs, rows: 1_000_000 }), draw(higgs)];
    const seconds = (data: TrainingData): Promise<number> =>
      processorSeconds('gradient_boosting', { patience: 0 }, data);
    // The first training of a process waits for the compiler.
    await seconds(few);
    return { ours: () => seconds(many), peer: () => seconds(few), close: async () => undefined };
  },
};

/** The wanted figures, and the same work at three other shapes each. */
export const treesEntries: readonly BenchEntry[] = [
  treesEntry('boosting-100k', higgs, 'hist_gradient_boosting'),
  treesEntry('boosting-100k-lightgbm', higgs, 'lightgbm'),
  treesEntry('boosting-100k-ydf', higgs, 'ydf'),
  treesEntry('boosting-1m', { ...higgs, rows: 1_000_000 }, 'hist_gradient_boosting'),
  boostingTenfold,
  treesEntry('boosting-20k', { rows: 20_000, width: 10, outputs: 2 }, 'hist_gradient_boosting'),
  treesEntry('boosting-values', { rows: 50_000, width: 100, outputs: 1 }, 'hist_gradient_boosting'),
  treesEntry('boosting-classes', { rows: 30_000, width: 20, outputs: 5 }, 'hist_gradient_boosting'),
  treesEntry('forest-50k', forest, 'random_forest'),
  treesEntry('forest-wide', { rows: 10_000, width: 200, outputs: 2 }, 'random_forest'),
  treesEntry('forest-values', { rows: 10_000, width: 10, outputs: 1 }, 'random_forest'),
  treesEntry('forest-classes', { rows: 20_000, width: 20, outputs: 5 }, 'random_forest'),
];
