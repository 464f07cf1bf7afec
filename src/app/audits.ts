import { readingKey } from '#core/data/read/reading-key.ts';
import type { DatasetInfo } from '#core/data/table.ts';
import { DatasetAudit } from './dataset-audit.svelte.ts';

const audits = new Map<string, DatasetAudit>();

/** The one audit of a version of a data set as it is read now, whichever page asks. */
export function auditOf(datasetId: string, version: number, info: DatasetInfo): DatasetAudit {
  const key = `${datasetId} ${version} ${readingKey(info)}`;
  const known = audits.get(key) ?? new DatasetAudit({ datasetId, version });
  audits.set(key, known);
  return known;
}
