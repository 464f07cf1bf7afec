import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '#cli/prepare.mjs';
import { shippedExtractor } from '#core/extractors/shipped-extractor.ts';

/** The network that comes with Terrarium, as it lies in the repository. */
export function shippedBytes(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    readFileSync(join(repository, 'static', 'extractors', shippedExtractor.file)),
  );
}
