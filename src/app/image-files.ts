import type { ImageFile } from '#core/protocol/data-worker.ts';
import { jobs } from './jobs.ts';

/** How long to wait for others to ask too, in milliseconds: a page that scrolls asks for rows at a time. */
const GATHER_MS = 16;
/** Images in one question to the worker, which answers others in between. */
const BATCH = 48;

interface Asked {
  readonly row: number;
  readonly resolve: (file: ImageFile) => void;
  readonly reject: (thrown: unknown) => void;
}

/** The image files of one version, asked for one by one and fetched together. */
export class ImageFiles {
  readonly #of: { readonly datasetId: string; readonly version: number };
  #asked: Asked[] = [];
  #isFetching = false;

  constructor(of: { readonly datasetId: string; readonly version: number }) {
    this.#of = of;
  }

  /** The image of a row (0-based); given up, with the signal's reason, where it is not wanted any more. */
  file(row: number, signal: AbortSignal): Promise<ImageFile> {
    return new Promise((resolve, reject) => {
      const asked = { row, resolve, reject };
      signal.addEventListener('abort', () => {
        this.#asked = this.#asked.filter((one) => one !== asked);
        reject(signal.reason as Error);
      });
      this.#asked.push(asked);
      if (!this.#isFetching) void this.#fetch();
    });
  }

  async #fetch(): Promise<void> {
    this.#isFetching = true;
    await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    while (this.#asked.length > 0) {
      const batch = this.#asked.splice(0, BATCH);
      try {
        const images = await jobs.readImages({ ...this.#of, rows: batch.map(({ row }) => row) });
        batch.forEach(({ resolve, reject }, i) => {
          const image = images[i];
          if (image === undefined) reject(new RangeError('an image is missing from the answer'));
          else resolve(image);
        });
      } catch (thrown) {
        for (const { reject } of batch) reject(thrown);
      }
    }
    this.#isFetching = false;
  }
}
