import { readDataset } from '#core/data/dataset.ts';
import type { ReadSettings } from '#core/data/read/settings.ts';
import type { Dataset } from '#core/data/table.ts';
import type { ReadStep } from '#core/protocol.ts';

export interface ReadJob {
  /** What a person settled about how it is read. */
  readonly settings?: ReadSettings;
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: ReadStep) => void;
  /** Works out the file's SHA-256 elsewhere, while it is read; without it the reading does. */
  readonly hash?: (file: Blob, signal?: AbortSignal) => Promise<string>;
}

/** Reads a whole file and says how far it is. Throws as `readDataset` does. */
export async function readFile(
  file: Blob,
  name: string,
  { onProgress, hash, ...options }: ReadJob,
): Promise<Dataset> {
  const sha256 = hash?.(file, options.signal);
  // Whoever waits for it hears a failure; one of the reading itself comes first.
  sha256?.catch(() => undefined);
  return readDataset(file.stream(), name, {
    ...options,
    size: file.size,
    ...(sha256 !== undefined && { sha256 }),
    onProgress: (bytesRead, rows) => onProgress?.({ bytesRead, bytesTotal: file.size, rows }),
  });
}
