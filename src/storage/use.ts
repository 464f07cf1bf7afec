import { checkpointBytes } from './checkpoints.ts';
import type { TerrariumDatabase } from './database.ts';
import type { RunRow } from './rows.ts';
import type { DatasetEntity, ExtractorEntity, RunStatus } from './entities.ts';
import { observed, type Observable } from './observe.ts';
import { atVersion } from './versions.ts';

/** What takes space in the database, in bytes. Bytes that two entries share count with the first. */
export interface StorageUse {
  /** The largest first. */
  readonly datasets: readonly DatasetUse[];
  /** Networks that a person brought, the largest first. */
  readonly extractors: readonly ExtractorEntity[];
  /** Profiles of the files and timings of this device: worked out again when they are missed. */
  readonly otherBytes: number;
  readonly totalBytes: number;
}

export interface DatasetUse {
  readonly dataset: DatasetEntity;
  /** All of the following together. */
  readonly bytes: number;
  /** What was found of the columns of all versions when they were read. */
  readonly foundBytes: number;
  /** Their files. */
  readonly versions: readonly { readonly number: number; readonly bytes: number }[];
  /** Newest first. */
  readonly runs: readonly RunUse[];
}

export interface RunUse {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly status: RunStatus;
  readonly models: number;
  /** Its models, its record and its checkpoints. */
  readonly bytes: number;
}

export function observeUse(db: TerrariumDatabase): Observable<StorageUse> {
  return observed(() => storageUse(db));
}

async function storageUse(db: TerrariumDatabase): Promise<StorageUse> {
  const [rows, runs, blobs, brought, settings, profiles, kept] = await db.transaction(
    'r',
    db.tables,
    () =>
      Promise.all([
        db.datasets.toArray(),
        db.runs.orderBy('createdAt').reverse().toArray(),
        db.blobs.toArray(),
        db.extractors.toArray(),
        db.settings.toArray(),
        db.profiles.toArray(),
        checkpointBytes(db),
      ]),
  );
  const left = new Map(blobs.map(({ sha256, bytes }) => [sha256, bytes]));
  const take = (sha256: string): number => {
    const bytes = left.get(sha256) ?? 0;
    left.delete(sha256);
    return bytes;
  };
  const datasets = rows.flatMap((row) => {
    const dataset = atVersion(row);
    if (dataset === undefined) return [];
    const versions = row.versions.map(({ number, info }) => ({ number, bytes: take(info.sha256) }));
    const own = runs
      .filter((run) => run.datasetId === row.id)
      .map((run) => runUse(run, take, kept));
    const foundBytes = textBytes(row);
    const bytes = sum(versions) + sum(own) + foundBytes;
    return { dataset, bytes, foundBytes, versions, runs: own };
  });
  const extractors = brought
    .map((one) => ({ ...one, bytes: take(one.sha256) }))
    .toSorted((a, b) => b.bytes - a.bytes);
  const cached = [...settings, ...profiles].reduce((sum, entry) => sum + textBytes(entry), 0);
  const otherBytes = [...left.values()].reduce((sum, bytes) => sum + bytes, cached);
  return {
    datasets: datasets.toSorted((a, b) => b.bytes - a.bytes),
    extractors,
    otherBytes,
    totalBytes: sum(datasets) + sum(extractors) + otherBytes,
  };
}

function runUse(
  run: RunRow,
  take: (sha256: string) => number,
  kept: ReadonlyMap<string, number>,
): RunUse {
  const { id, name, status, datasetVersion: version } = run;
  const models = run.modelHashes.reduce((bytes, sha256) => bytes + take(sha256), 0);
  const checkpoints = kept.get(id) ?? 0;
  const bytes = models + checkpoints + textBytes(run);
  const modelCount = Object.keys(run.models ?? {}).length;
  return { id, name, version, status, models: modelCount, bytes };
}

function sum(parts: readonly { readonly bytes: number }[]): number {
  return parts.reduce((bytes, part) => bytes + part.bytes, 0);
}

/** About what an entry without its files takes: its text. */
function textBytes(entry: unknown): number {
  return JSON.stringify(entry).length;
}
