import { readDataset } from '#core/data/dataset.ts';
import type { ReadSettings } from '#core/data/read/settings.ts';
import type { Dataset } from '#core/data/table.ts';
import type { Threads } from '#core/parallel/threads.ts';
import type { ReadStep } from '#core/protocol/data-worker.ts';

export interface ReadJob {
  /** What a person settled about how it is read. */
  readonly settings?: ReadSettings;
  readonly signal?: AbortSignal;
  /** Threads that may take part in it; none but this one when absent. */
  readonly threads?: Threads;
  readonly onProgress?: (step: ReadStep) => void;
}

/** Reads a whole file and says how far it is. Throws as `readDataset` does. */
export async function readFile(
  file: Blob,
  name: string,
  { onProgress, ...options }: ReadJob,
): Promise<Dataset> {
  return readDataset(file.stream(), name, {
    ...options,
    file,
    size: file.size,
    onProgress: (bytesRead, rows) => onProgress?.({ bytesRead, bytesTotal: file.size, rows }),
  });
}
