import type { BenchEntry } from './entry.ts';
import { firstLoadEntry } from './entries/first-load.ts';
import { penguinsRun } from './entries/penguins-run.ts';

export const entries: readonly BenchEntry[] = [firstLoadEntry, penguinsRun];
