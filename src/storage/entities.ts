import type { DatasetInfo } from '#core/data/table.ts';
import type { FailureData } from '#core/errors.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import type { Spec } from '#core/spec/spec.ts';

/** A stored data set: what inference found, and the file's bytes under their hash in `blobs`. */
export interface DatasetEntity {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly info: DatasetInfo;
}

/** Bytes by content hash. */
export interface BlobEntity {
  readonly sha256: string;
  readonly bytes: number;
  readonly createdAt: string;
  readonly blob: Blob;
}

export type RunStatus =
  'queued' | 'running' | 'finished' | 'failed' | 'cancelled' | 'interrupted';

export interface RunEntity {
  readonly id: string;
  readonly datasetId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly status: RunStatus;
  readonly spec: Spec;
  /** Milliseconds since the epoch; a running run whose worker is gone is interrupted. */
  readonly heartbeatAt: number;
  /** There when finished, or failed after evaluation. */
  readonly record?: RunRecord;
  readonly card?: string;
  /** SHA-256 of each candidate's ONNX model, by candidate name. */
  readonly models?: Readonly<Record<string, string>>;
  readonly error?: FailureData;
}

export interface SettingEntity {
  readonly key: string;
  readonly value: unknown;
}
