import type { Associations } from '#core/data/profile/associations.ts';
import type { FeaturePower } from '#core/data/profile/predictive-power.ts';
import type { Profile } from '#core/data/profile/profile.ts';
import type { DatasetInfo } from '#core/data/table.ts';
import type { BackendInfo } from '#core/engine.ts';
import type { FailureData } from '#core/errors.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import type { Spec, Task } from '#core/spec/spec.ts';

/** A file that was imported: what inference found in it; its bytes are in `blobs` under their hash. */
export interface DatasetVersion {
  /** 1, 2, 3, … in the order of import; a number is never given twice. */
  readonly number: number;
  readonly createdAt: string;
  readonly info: DatasetInfo;
  readonly origin: VersionOrigin;
}

export interface VersionOrigin {
  /** Unknown where it was imported before this was kept. */
  readonly from: 'file' | 'sample' | 'unknown';
  /** How it came to be a version of this data set: the person said so, or its name and columns did. */
  readonly placed: 'by-hand' | 'by-name';
}

/** A data set as one looks at it: at one of its versions. */
export interface DatasetEntity {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  /** Number of the version looked at, and what was found in it. */
  readonly version: number;
  readonly info: DatasetInfo;
  /** All versions, oldest first; at least one. */
  readonly versions: readonly DatasetVersion[];
}

/** Bytes by content hash. */
export interface BlobEntity {
  readonly sha256: string;
  readonly bytes: number;
  readonly createdAt: string;
  readonly blob: Blob;
}

/** Of a run that a worker has, or that waits for one. */
export const liveStatuses = ['queued', 'running', 'paused'] as const;

export type RunStatus =
  (typeof liveStatuses)[number] | 'finished' | 'failed' | 'cancelled' | 'interrupted';

/** Whether a worker has it, or is about to. */
export function isLive({ status }: { readonly status: RunStatus }): boolean {
  return liveStatuses.some((live) => live === status);
}

/** Whether it has not ended: its worker, or the next one, may still bring it to an end. */
export function mayEnd(run: { readonly status: RunStatus }): boolean {
  return isLive(run) || run.status === 'interrupted';
}

export interface RunEntity {
  readonly id: string;
  readonly datasetId: string;
  /** Number of the version of the data set that it trains on. */
  readonly datasetVersion: number;
  readonly name: string;
  readonly createdAt: string;
  /** When its worker began; absent while it waits. */
  readonly startedAt?: string;
  readonly status: RunStatus;
  readonly spec: Spec;
  /** What it trains on, once it has begun. */
  readonly backend?: BackendInfo;
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

/** What a run that is interrupted goes on from, by the name that it has in the run. */
export interface CheckpointEntity {
  readonly runId: string;
  readonly name: string;
  /** How many the content has, for an index: sizes are asked for without reading it. */
  readonly bytes: number;
  readonly content: Uint8Array;
}

/** A network that a person brought; its bytes are in `blobs` under their hash. */
export interface ExtractorEntity {
  readonly sha256: string;
  /** Name of the file. */
  readonly file: string;
  readonly bytes: number;
  readonly createdAt: string;
}

export interface SettingEntity {
  readonly key: string;
  readonly value: unknown;
}

/** What was found in a file, under the hash of its bytes; it goes when the file goes. */
export interface ProfileEntity {
  readonly sha256: string;
  readonly profile: Profile;
  /** Absent until they are computed. */
  readonly associations?: Associations;
  /** What each column tells of a target, for the targets that were asked for. */
  readonly powers: readonly TargetPower[];
}

export interface TargetPower {
  readonly target: string;
  readonly task: Task;
  readonly powers: readonly FeaturePower[];
}
