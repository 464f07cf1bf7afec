import type { Engine } from '#core/engine.ts';
import { TerrariumError } from '#core/errors.ts';
import { describeExtractor } from '#core/extractors/describe-extractor.ts';
import type {
  BroughtExtractor,
  ExtractorFacts,
  ExtractorQuery,
  KeptExtractor,
} from '#core/extractors/extractor-facts.ts';
import type { ExtractorFile } from '#core/extractors/extractor.ts';
import { checkExtractorHash, checkExtractorSize } from '#core/extractors/read-extractor.ts';
import { isShippedExtractor, refuseOtherShipped } from '#core/extractors/shipped-extractor.ts';
import { oneFile } from '#core/extractors/tfjs/pack-model.ts';
import { getBlob, keepBlob, releaseBlobs } from './blobs.ts';
import type { TerrariumDatabase } from './database.ts';
import { fetchShippedExtractor } from './fetch-shipped-extractor.ts';
import { guardedWrite } from './quota.ts';

/** The code of a run's refusal for want of a network's file, which may be brought again. */
export const EXTRACTOR_MISSING = 'extractor_missing';

/** Tries a network for a step; one that a person brings is kept. Throws as `bringExtractor` and `lookAtExtractor` do. */
export function tryExtractor(
  db: TerrariumDatabase,
  query: ExtractorQuery,
  openModel: Engine['openModel'],
): Promise<ExtractorFacts> {
  return 'extractor' in query
    ? lookAtExtractor(db, query, openModel)
    : bringExtractor(db, query, openModel);
}

/**
 * Holds a network that a person chose against what models can carry, and keeps its file; the same bytes again are kept
 * once, under their first name.
 * @throws TerrariumError as `describeExtractor` does, or `storage_full`
 */
async function bringExtractor(
  db: TerrariumDatabase,
  { files, parameters }: BroughtExtractor,
  openModel: Engine['openModel'],
): Promise<ExtractorFacts> {
  const { name, file } = await oneFile(files);
  checkExtractorSize(file.size, name);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const facts = await describeExtractor(bytes, name, parameters, openModel);
  await keepExtractor(db, facts, bytes);
  return facts;
}

/** What a kept network is to a step with these parameters. Throws as `describeExtractor` and `extractorBytes` do. */
async function lookAtExtractor(
  db: TerrariumDatabase,
  { extractor, parameters }: KeptExtractor,
  openModel: Engine['openModel'],
): Promise<ExtractorFacts> {
  const bytes = await extractorBytes(db, extractor);
  return describeExtractor(bytes, extractor.file, parameters, openModel);
}

/**
 * A kept network's bytes. The one that comes with Terrarium is fetched from beside the page when it is first wanted, and
 * kept like any other, so that it is there without a connection too.
 * @throws TerrariumError `extractor_missing`, `extractor_unreachable`, or `storage_full`
 */
export async function extractorBytes(
  db: TerrariumDatabase,
  wanted: ExtractorFile,
): Promise<Uint8Array> {
  const { file, sha256 } = wanted;
  try {
    return new Uint8Array(await (await getBlob(db, sha256)).arrayBuffer());
  } catch (thrown) {
    if (!(thrown instanceof TerrariumError) || thrown.code !== 'blob_missing') throw thrown;
    if (!isShippedExtractor(wanted)) throw extractorMissing(wanted);
  }
  const bytes = await fetchShippedExtractor();
  await checkExtractorHash(bytes, wanted);
  await keepExtractor(db, { file, sha256 }, bytes);
  return bytes;
}

async function keepExtractor(
  db: TerrariumDatabase,
  { file, sha256 }: ExtractorFile,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await guardedWrite(`the network ${file}`, () =>
    db.transaction('rw', db.extractors, db.blobs, async () => {
      await keepBlob(db, sha256, new Blob([bytes]));
      if ((await db.extractors.get(sha256)) !== undefined) return;
      const createdAt = new Date().toISOString();
      await db.extractors.add({ sha256, file, bytes: bytes.byteLength, createdAt });
    }),
  );
}

/** Deletes a network's file. Models that were made with it have it in them and stay as they are. */
export async function deleteExtractor(db: TerrariumDatabase, sha256: string): Promise<void> {
  await guardedWrite('the deletion', () =>
    db.transaction('rw', [db.extractors, db.datasets, db.runs, db.blobs, db.profiles], async () => {
      await db.extractors.delete(sha256);
      await releaseBlobs(db, [sha256]);
    }),
  );
}

function extractorMissing(wanted: ExtractorFile): TerrariumError {
  const { file, sha256 } = wanted;
  refuseOtherShipped(wanted, 'at the step that reads features by it');
  return new TerrariumError({
    code: EXTRACTOR_MISSING,
    kind: 'input',
    message: `The network ${file} with the hash ${sha256.slice(0, 12)}… is not in this browser.`,
    hint: 'Bring its file again: on the setup page, at the step that reads features by it.',
    details: { sha256 },
  });
}
