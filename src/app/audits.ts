import { DatasetAudit } from './dataset-audit.svelte.ts';

const audits = new Map<string, DatasetAudit>();

/** The one audit of a version of a data set, whichever page asks. */
export function auditOf(datasetId: string, version: number): DatasetAudit {
  const key = `${datasetId} ${version}`;
  const known = audits.get(key) ?? new DatasetAudit({ datasetId, version });
  audits.set(key, known);
  return known;
}
