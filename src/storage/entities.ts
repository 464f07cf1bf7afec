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

export type RunStatus = 'queued' | 'running' | 'finished' | 'failed' | 'cancelled' | 'interrupted';

export interface RunEntity {
  readonly id: string;
  readonly datasetId: string;
  readonly name: string;
  readonly createdAt: string;
  /** When its worker began; absent while it waits. */
  readonly startedAt?: string;
  readonly status: RunStatus;
  readonly spec: Spec;
  /** There when finished, or failed after evaluation. */
  readonly record?: RunRecord;
  readonly card?: string;
  /** SHA-256 of each candidate's ONNX model, by candidate name. */
  readonly models?: Readonly<Record<string, string>>;
  readonly error?: FailureData;
}

/**
 * The last sign of life of a run's worker. A table of its own, so that a beat each second does not
 * make every page that observes runs read them again.
 */
export interface HeartbeatEntity {
  readonly runId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface SettingEntity {
  readonly key: string;
  readonly value: unknown;
}
