import { createRequire } from 'node:module';
import type { TrainingData } from '#core/models/estimator.ts';

/** What we use of ydf-training 0.0.1, which has no types. */
interface Ydf {
  readonly GradientBoostedTreesLearner: new (
    label: string,
    task: 'CLASSIFICATION',
  ) => { train(columns: Readonly<Record<string, readonly unknown[]>>): YdfModel };
}
interface YdfModel {
  describe(): string;
  unload(): void;
}

/** Its learner takes no parameters: it grows this many trees, and stops this many after the best on a tenth of the rows. */
const MOST_TREES = 300;
const LOOK_AHEAD = 30;

/** Processor time per 100 trees of YDF's boosting in WebAssembly; trees that it dropped again count too. */
export async function ydfSeconds(train: TrainingData): Promise<number> {
  const start = createRequire(import.meta.url)('ydf-training') as (options: {
    readonly print: () => void;
    readonly printErr: () => void;
  }) => Promise<Ydf>;
  const silent = (): void => undefined;
  const ydf = await start({ print: silent, printErr: silent });
  const columns = columnsOf(train);
  const before = process.cpuUsage();
  const model = new ydf.GradientBoostedTreesLearner('label', 'CLASSIFICATION').train(columns);
  const { user, system } = process.cpuUsage(before);
  const kept = Number(/Number of trees: (\d+)/.exec(model.describe())?.[1]);
  model.unload();
  return ((user + system) / 1e6 / Math.min(MOST_TREES, kept + LOOK_AHEAD)) * 100;
}

function columnsOf({ features, target }: TrainingData): Record<string, unknown[]> {
  const { rows, width, values, names } = features;
  const label = Array.from(target, (one) => `class ${one}`);
  const columns = names.map((name, j): [string, unknown[]] => [
    name,
    Array.from({ length: rows }, (_, i) => values[i * width + j]),
  ]);
  return { label, ...Object.fromEntries(columns) };
}
