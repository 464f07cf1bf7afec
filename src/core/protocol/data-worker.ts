import type { Finding } from '#core/data/audit/finding.ts';
import type { DatasetDiff } from '#core/data/diff/diff-datasets.ts';
import type { RowGroup } from '#core/data/group-rows.ts';
import type { ReadSettings } from '#core/data/read/settings.ts';
import type { NamedFile } from '#core/data/read/zip/pack-files.ts';
import type { SplitDescription } from '#core/run/describe-split.ts';
import type { Result } from '#core/errors.ts';
import type {
  AugmentationDescription,
  AugmentationQuery,
} from '#core/run/describe-augmentation.ts';
import type { Spec, Task } from '#core/spec/spec.ts';

/**
 * What reads and shows data. Of every worker's interface: arguments carry ids, workers read from storage themselves, and
 * every method answers with a `Result`, since Comlink drops error classes. A job's events carry its id.
 */
export interface DataWorkerApi {
  /**
   * Reads, hashes, infers and stores a file, as a data set or as a new version of one; the same bytes
   * twice are one version. Files in a list are packed into one first.
   */
  importDataset(
    job: {
      readonly jobId: string;
      readonly file: Blob | readonly NamedFile[];
      readonly name: string;
      readonly from: 'file' | 'sample';
      /** Id of the data set that it is a new version of; without one it is placed by its name. */
      readonly versionOf?: string;
      /** What the person settled about how it is read. */
      readonly settings?: ReadSettings;
    },
    onProgress: (progress: ReadProgress) => void,
  ): Promise<Result<ImportedVersion>>;
  /** Reads a stored version's bytes in another way, which is the version's from then on. */
  readAgain(
    job: {
      readonly jobId: string;
      readonly datasetId: string;
      readonly version: number;
      readonly settings: ReadSettings;
    },
    onProgress: (progress: ReadProgress) => void,
  ): Promise<Result<null>>;
  /** Compares two versions of a data set; `key` names the column that tells rows apart, null for none. */
  compareVersions(
    job: {
      readonly jobId: string;
      readonly datasetId: string;
      readonly before: number;
      readonly after: number;
      readonly key: string | null;
    },
    onProgress: (progress: CompareProgress) => void,
  ): Promise<Result<DatasetDiff>>;
  /** Rows `from` (0-based) up to `from + count` of a version, as the texts of the file. */
  readRows(query: {
    readonly datasetId: string;
    readonly version: number;
    readonly from: number;
    readonly count: number;
  }): Promise<Result<{ readonly rows: readonly (readonly string[])[] }>>;
  /** The texts of one column in some rows (0-based). */
  readCells(query: {
    readonly datasetId: string;
    readonly version: number;
    readonly column: string;
    readonly rows: readonly number[];
  }): Promise<Result<{ readonly cells: readonly string[] }>>;
  /**
   * Which rows of an image set belong together: those with the same text in a column, groups in the order of their
   * texts; all in one group where there is no column.
   */
  groupImages(query: {
    readonly datasetId: string;
    readonly version: number;
    readonly column: string | null;
  }): Promise<Result<readonly RowGroup[]>>;
  /** The image files of rows (0-based), as they are, with the type that a browser shows them by. */
  readImages(query: {
    readonly datasetId: string;
    readonly version: number;
    readonly rows: readonly number[];
  }): Promise<Result<readonly ImageFile[]>>;
  /**
   * Profiles a version and stores what it finds step by step: its columns, how they go together, and what
   * tells the target. What is stored already is not computed again.
   */
  profileDataset(
    job: {
      readonly jobId: string;
      readonly datasetId: string;
      readonly version: number;
      readonly target: { readonly name: string; readonly task: Task } | null;
    },
    onProgress: (progress: ProfileProgress) => void,
  ): Promise<Result<null>>;
  /** What a person should settle or know before a model is trained on a version, the severe first. */
  auditDataset(
    job: {
      readonly jobId: string;
      readonly datasetId: string;
      readonly version: number;
      /** With its decisions and its split; without a target, what needs one is left out. */
      readonly target?: string;
      readonly spec?: Spec;
      /** The day of the audit as an ISO date: later dates lie in the future. */
      readonly today: string;
    },
    onProgress: (progress: AuditProgress) => void,
  ): Promise<Result<readonly Finding[]>>;
  /** What each part of a spec's split would hold, or why it cannot be made. */
  describeSplit(query: {
    readonly datasetId: string;
    readonly version: number;
    readonly spec: Spec;
  }): Promise<Result<SplitDescription>>;
  /** What a candidate's training makes of some images by chance; null where it changes none. */
  describeAugmentation(query: AugmentationQuery): Promise<Result<AugmentationDescription | null>>;
  cancel(jobId: string): void;
}

export interface ImageFile {
  /** Its path in the archive. */
  readonly path: string;
  readonly file: Blob;
}

export interface ProfileProgress {
  readonly jobId: string;
  /** What is computed: each column, each pair of columns, or each column's power for the target. */
  readonly step: 'columns' | 'associations' | 'power';
  readonly done: number;
  readonly total: number;
}

export interface AuditProgress {
  readonly jobId: string;
  /** Kinds of faults that were looked for. */
  readonly done: number;
  readonly total: number;
}

export interface ImportedVersion {
  readonly datasetId: string;
  /** Number of the version with these bytes. */
  readonly version: number;
  /** The same bytes were imported before: this is that version. */
  readonly alreadyThere: boolean;
}

export interface CompareProgress {
  readonly jobId: string;
  /** 0 to 1. */
  readonly done: number;
}

export interface ReadProgress {
  readonly jobId: string;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly rows: number;
  /** Files are still being packed; the bytes are theirs. */
  readonly packing?: true;
}

/** How far a file is read, whoever asked for it. */
export type ReadStep = Omit<ReadProgress, 'jobId'>;
