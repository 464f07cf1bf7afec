import type { BenchEntry } from './entry.ts';
import { csv1m } from './entries/csv-1m.ts';
import { firstLoadEntry } from './entries/first-load.ts';
import { penguinsRun } from './entries/penguins-run.ts';

export const entries: readonly BenchEntry[] = [firstLoadEntry, penguinsRun, csv1m];
