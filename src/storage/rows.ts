import type { DatasetVersion, RunEntity } from './entities.ts';

/** A data set as it is stored: its versions' hashes once more, as an index can hold them. */
export interface DatasetRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  /** Oldest first. */
  readonly versions: readonly DatasetVersion[];
  /** The highest number that a version of it ever had. */
  readonly lastNumber: number;
  readonly hashes: readonly string[];
}

/** A run as it is stored: the hashes of its models once more, as an index can hold them. */
export interface RunRow extends RunEntity {
  readonly modelHashes: readonly string[];
}
