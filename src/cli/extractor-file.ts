import { basename, dirname, join } from 'node:path';
import type { NamedFile } from '#core/data/read/zip/pack-files.ts';
import type { ExtractorFile } from '#core/extractors/extractor.ts';
import {
  isShippedExtractor,
  refuseOtherShipped,
  shippedExtractor,
} from '#core/extractors/shipped-extractor.ts';
import { oneFile, shardPaths } from '#core/extractors/tfjs/pack-model.ts';
import { readBytes } from './files.ts';
import { repository } from './prepare.mjs';

/**
 * The bytes of a network that a spec names; those of the one that comes with Terrarium lie beside the program.
 * @throws TerrariumError where the file cannot be read; `extractor_of_other_version` where it came with another Terrarium
 */
export async function extractorBytes(wanted: ExtractorFile): Promise<Uint8Array> {
  if (isShippedExtractor(wanted)) {
    return readBytes(join(repository, 'static', 'extractors', shippedExtractor.file));
  }
  try {
    return await readExtractorFile(wanted.file);
  } catch (thrown) {
    refuseOtherShipped(wanted, 'with --extractor FILE');
    throw thrown;
  }
}

/**
 * The bytes of a network in a person's files: an ONNX file, a zip, or the model.json of TensorFlow.js, beside which
 * its files of weights lie; these are packed as the page packs them.
 * @throws TerrariumError where a file cannot be read, or is no model
 */
export async function readExtractorFile(path: string): Promise<Uint8Array> {
  const bytes = await readBytes(path);
  if (!/\.json$/i.test(path)) return bytes;
  const name = basename(path);
  const files: NamedFile[] = [{ name, file: new Blob([bytes]) }];
  for (const shard of shardPaths(bytes, name)) {
    files.push({ name: shard, file: new Blob([await readBytes(join(dirname(path), shard))]) });
  }
  const { file } = await oneFile(files);
  return new Uint8Array(await file.arrayBuffer());
}
