import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '#cli/prepare.mjs';
import { takeMatrixRows } from '#core/features/matrix.ts';
import { logisticRegression } from '#core/models/linear/logistic-regression.ts';
import { logLoss } from '#core/models/log-loss.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { runPython } from '../../interop/python.ts';
import { ensurePython } from '../../runner/requirements.mjs';
import { drawClasses, type LogisticShape } from '../logistic-data.ts';
import { drawSparseClasses, type SparseShape } from '../sparse-data.ts';
import type { BenchEntry } from '../entry.ts';

const script = join(repository, 'tests', 'bench', 'peers', 'logistic.py');
const TOLERANCE = 1e-6;
/** Both sides have to reach the same mean cross-entropy. */
const SAME_LOSS = 1e-5;

interface Fit {
  readonly seconds: number;
  readonly loss: number;
}

/** Logistic regression at one shape: the processor time of the fit alone, from arrays in memory, one thread each. */
function entryOf(name: string, shape: LogisticShape | SparseShape): BenchEntry {
  const { rows, width, classes } = shape;
  const isSparse = 'kept' in shape;
  return {
    name,
    what: `logistic regression of ${rows} rows × ${width} features${isSparse ? ` (${shape.kept} of a row not 0)` : ''}, ${classes} classes, tolerance ${TOLERANCE}, one thread: the fit alone`,
    peerName: `scikit-learn’s lbfgs${isSparse ? ' over scipy.sparse' : ''}`,
    unit: 's of processor time',
    better: 'less',
    repeats: 5,
    prepare: async () => {
      const missing = await ensurePython();
      if (missing !== undefined) throw new Error(missing);
      const data = isSparse ? drawSparseClasses(shape) : drawClasses(shape);
      const folder = mkdtempSync(join(tmpdir(), 'terrarium-bench-'));
      const { sparse } = data.features;
      writeFileSync(join(folder, 'features'), sparse?.values ?? data.features.values);
      if (sparse !== undefined) {
        writeFileSync(join(folder, 'starts'), sparse.starts);
        writeFileSync(join(folder, 'places'), sparse.places);
      }
      writeFileSync(join(folder, 'target'), data.target);
      const args = [folder, String(width), String(TOLERANCE)];
      let own: Fit | undefined;
      return {
        ours: async () => {
          own = await fit(data);
          return own.seconds;
        },
        peer: async () => {
          const [seconds = NaN, loss = NaN] = (await runPython(script, { args }))
            .split(' ')
            .map(Number);
          if (own !== undefined && !(Math.abs(own.loss - loss) <= SAME_LOSS)) {
            throw new Error(`${name}: our loss is ${own.loss}, and the peer's ${loss}.`);
          }
          return seconds;
        },
        close: async () => rmSync(folder, { recursive: true }),
      };
    },
  };
}

async function fit(data: TrainingData): Promise<Fit> {
  const { train, parameters } = logisticRegression;
  const none = takeMatrixRows(data.features, new Int32Array(0));
  const startedAt = process.cpuUsage();
  const training = train?.({
    train: data,
    validation: { ...data, features: none, target: new Float64Array(0) },
    parameters: resolveParameters(parameters, { tol: TOLERANCE, max_iter: 10_000 }, 'logistic'),
    random: new RandomStream(1),
    signal: new AbortController().signal,
  });
  for (;;) {
    const step = await training?.next();
    if (step === undefined) throw new Error('logistic regression has no trainer');
    if (step.done !== true) continue;
    const { user, system } = process.cpuUsage(startedAt);
    const seconds = (user + system) / 1e6;
    const probabilities = await step.value.predict(data.features);
    return { seconds, loss: logLoss(probabilities, data.target, data.outputs) ?? NaN };
  }
}

export const logisticEntries: readonly BenchEntry[] = [
  entryOf('logistic-100k', { rows: 100_000, width: 50, classes: 2 }),
  entryOf('logistic-wide', { rows: 5000, width: 1000, classes: 2 }),
  entryOf('logistic-classes', { rows: 50_000, width: 30, classes: 6 }),
  entryOf('logistic-narrow', { rows: 200_000, width: 5, classes: 2 }),
  entryOf('logistic-sparse', { rows: 100_000, width: 20_000, classes: 2, kept: 30 }),
  entryOf('logistic-one-hot', { rows: 100_000, width: 10_000, classes: 2, kept: 3 }),
  entryOf('logistic-words', { rows: 10_000, width: 50_000, classes: 2, kept: 120 }),
  entryOf('logistic-sparse-classes', { rows: 30_000, width: 5000, classes: 5, kept: 20 }),
];
