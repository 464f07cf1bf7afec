import type { Reading, ReadSettings } from '#core/data/read/settings.ts';
import type { Result } from '#core/errors.ts';
import type { ExtractorFacts, ExtractorQuery } from '#core/extractors/extractor-facts.ts';
import type { Writing } from '#core/language/write-text.ts';
import type { ShownTree } from '#core/models/trees/shown/shown-tree.ts';
import type { Prediction } from '#core/prediction.ts';

/** What asks the exported models. */
export interface InferWorkerApi {
  /** Predicts raw records (texts as a person types them) with a stored run's exported model. */
  predict(query: {
    readonly runId: string;
    /** A candidate's name; the best one when absent. */
    readonly candidate?: string;
    readonly records: readonly Readonly<Record<string, string>>[];
  }): Promise<Result<{ readonly predictions: readonly Prediction[] }>>;
  /** Reads a file of new rows and gives it back as CSV with prediction columns added. */
  predictFile(query: {
    readonly runId: string;
    readonly candidate?: string;
    readonly file: Blob;
    /** What a person settled about how the file is read; the rest is found in it. */
    readonly settings?: ReadSettings;
    readonly jobId: string;
  }): Promise<Result<ReadAndPredicted>>;
  /** Lets a stored run's language model write; the text comes piece by piece, and whole in the end. */
  writeText(
    job: {
      readonly jobId: string;
      readonly runId: string;
      readonly candidate?: string;
      readonly writing: Writing;
    },
    onPiece: (piece: WrittenPiece) => void,
  ): Promise<Result<{ readonly text: string }>>;
  /** Tries a network for a step: one that a person brings, which is kept from then on, or one that is kept. */
  tryExtractor(query: ExtractorQuery): Promise<Result<ExtractorFacts>>;
  /** A tree of a stored run's exported model, from a node on and so many splits down. */
  readTree(query: {
    readonly runId: string;
    readonly candidate: string;
    /** Both from 0; the node 0 is the tree's root. */
    readonly tree: number;
    readonly node: number;
    readonly splits: number;
  }): Promise<Result<ShownTree>>;
  /** A whole tree as text. */
  writeTree(query: {
    readonly runId: string;
    readonly candidate: string;
    readonly tree: number;
  }): Promise<Result<Blob>>;
  cancel(jobId: string): void;
}

/** How a file was read, and what was predicted from it: also where nothing could be, it shows whether it was read as it is meant. */
export interface ReadAndPredicted {
  readonly reading: Reading;
  readonly predicted: Result<PredictedFile>;
}

export interface PredictedFile {
  readonly csv: Blob;
  readonly rows: number;
  /** Of the first rows. */
  readonly sample: readonly Prediction[];
}

export interface WrittenPiece {
  readonly jobId: string;
  /** What was written since the piece before. */
  readonly text: string;
}
