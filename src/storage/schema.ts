import type { Dexie } from 'dexie';
import * as v from 'valibot';
import type { DatasetInfo } from '#core/data/table.ts';
import { runRecordSchema } from '#core/spec/run-record.ts';
import { specSchema } from '#core/spec/spec.ts';
import type { DatasetRow, RunRow } from './rows.ts';

/** What the browser's storage holds, by version. A version that people have used is never changed. */
export const SCHEMA_VERSION = 4;

export function defineSchema(db: Dexie): void {
  db.version(1).stores({
    datasets: 'id, &info.sha256, createdAt',
    blobs: 'sha256',
    runs: 'id, createdAt, status, [datasetId+createdAt], *modelHashes',
    heartbeats: 'runId',
    settings: 'key',
  });
  db.version(2)
    .stores({ datasets: 'id, &*hashes, createdAt', profiles: 'sha256' })
    .upgrade(async (transaction) => {
      const datasets = transaction.table<FirstDatasetRow | DatasetRow>('datasets');
      await datasets.toCollection().modify((row, changed) => {
        if ('info' in row) changed.value = withVersions(row);
      });
      const runs = transaction.table<RunRow>('runs').toCollection();
      await runs.modify((run, changed) => {
        changed.value = onFirstVersion(run);
      });
    });
  db.version(3).stores({ checkpoints: '[runId+name], [runId+bytes]' });
  db.version(SCHEMA_VERSION).stores({ extractors: 'sha256, createdAt' });
}

/** A data set of schema version 1: one CSV file, which is its first version. */
interface FirstDatasetRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly info: Omit<DatasetInfo, 'reading'> & { readonly delimiter: string };
}

function withVersions({ id, name, createdAt, info: first }: FirstDatasetRow): DatasetRow {
  const { delimiter, ...found } = first;
  const info: DatasetInfo = { ...found, reading: { format: 'csv', delimiter } };
  const origin = { from: 'unknown', placed: 'by-hand' } as const;
  const versions = [{ number: 1, createdAt, info, origin }];
  return { id, name, createdAt, versions, lastNumber: 1, hashes: [info.sha256] };
}

/** A run of schema version 1, with what its spec and its record have gained since as defaults. */
function onFirstVersion(run: RunRow): RunRow {
  const spec = v.safeParse(specSchema, run.spec);
  const record = v.safeParse(runRecordSchema, run.record);
  return {
    ...run,
    datasetVersion: 1,
    ...(spec.success && { spec: spec.output }),
    ...(record.success && { record: record.output }),
  };
}
