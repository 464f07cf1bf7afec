import { wrap } from 'comlink';
import { hashFile } from '#core/data/read/hash-file.ts';
import { cancelledError, type Result } from '#core/errors.ts';
import type { HashWorkerApi } from '#core/protocol.ts';

/**
 * SHA-256 of a file (lower-case hex), worked out in a worker of its own while another one reads the file; in this one
 * where that fails.
 */
export async function hashBeside(file: Blob, signal?: AbortSignal): Promise<string> {
  const url = new URL('./hash.worker.ts', import.meta.url);
  const worker = new Worker(url, { type: 'module' });
  try {
    const answer = await Promise.race([
      wrap<HashWorkerApi>(worker).sha256(file),
      failureOf(worker),
      cancelled(signal),
    ]);
    return answer?.ok === true ? answer.value : await hashFile(file, signal);
  } finally {
    worker.terminate();
  }
}

/** Fulfils where the worker's own code cannot be run. */
function failureOf(worker: Worker): Promise<Result<string> | null> {
  return new Promise((resolve) => {
    worker.onerror = () => {
      resolve(null);
    };
  });
}

function cancelled(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => {
      reject(cancelledError());
    });
  });
}
