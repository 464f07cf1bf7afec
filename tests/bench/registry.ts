import type { BenchEntry } from './entry.ts';
import { boostingTwoWorkers } from './entries/boosting-two-workers.ts';
import { cnnEntries } from './entries/cnn.ts';
import { cnnWebgpuEntries } from './entries/cnn-webgpu.ts';
import { csv1gb } from './entries/csv-1gb.ts';
import { csv1m } from './entries/csv-1m.ts';
import { firstLoadEntry } from './entries/first-load.ts';
import { logisticEntries } from './entries/logistic.ts';
import { mlpEntries } from './entries/mlp.ts';
import { mlpWebgpuEntries } from './entries/mlp-webgpu.ts';
import { networksTwoWorkers } from './entries/networks-two-workers.ts';
import { parquet1m } from './entries/parquet-1m.ts';
import { penguinsRun } from './entries/penguins-run.ts';
import { treesEntries } from './entries/trees.ts';

export const entries: readonly BenchEntry[] = [
  firstLoadEntry,
  penguinsRun,
  csv1m,
  csv1gb,
  parquet1m,
  ...logisticEntries,
  ...mlpEntries,
  ...mlpWebgpuEntries,
  ...cnnEntries,
  ...cnnWebgpuEntries,
  ...networksTwoWorkers,
  ...treesEntries,
  ...boostingTwoWorkers,
];
