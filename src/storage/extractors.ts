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
import { checkExtractorSize } from '#core/extractors/read-extractor.ts';
import { oneFile } from '#core/extractors/tfjs/pack-model.ts';
import { getBlob, keepBlob, releaseBlobs } from './blobs.ts';
import type { TerrariumDatabase } from './database.ts';
import { guardedWrite } from './quota.ts';

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
  const { sha256 } = facts;
  await guardedWrite(`the network ${name}`, () =>
    db.transaction('rw', db.extractors, db.blobs, async () => {
      await keepBlob(db, sha256, new Blob([bytes]));
      if ((await db.extractors.get(sha256)) !== undefined) return;
      const createdAt = new Date().toISOString();
      await db.extractors.add({ sha256, file: facts.file, bytes: facts.bytes, createdAt });
    }),
  );
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

/** @throws TerrariumError `extractor_missing` */
export async function extractorBytes(
  db: TerrariumDatabase,
  { file, sha256 }: ExtractorFile,
): Promise<Uint8Array> {
  const blob = await getBlob(db, sha256).catch((thrown: unknown) => {
    const isMissing = thrown instanceof TerrariumError && thrown.code === 'blob_missing';
    throw isMissing ? extractorMissing(file, sha256) : thrown;
  });
  return new Uint8Array(await blob.arrayBuffer());
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

function extractorMissing(file: string, sha256: string): TerrariumError {
  return new TerrariumError({
    code: 'extractor_missing',
    kind: 'input',
    message: `The network ${file} with the hash ${sha256.slice(0, 12)}… is not in this browser.`,
    hint: 'Bring its file again at the step that reads features by it.',
    details: { sha256 },
  });
}
