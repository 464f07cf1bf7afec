import type { NamedFile } from '#core/data/read/zip/pack-files.ts';
import type { ExtractorFile } from './extractor.ts';
import type { Scaling } from './pixel-scaling.ts';

/** What a network that a person brought is to a step. */
export interface ExtractorFacts extends ExtractorFile {
  readonly bytes: number;
  /** Pixels of the images that it sees. */
  readonly height: number;
  readonly width: number;
  readonly layer: string;
  /** How it gets pixels. */
  readonly scaling: Scaling;
  /** Where that was left to it: why so, completing "…, since it". */
  readonly why?: string;
  /** Numbers of one image. */
  readonly features: number;
}

/** What a person chose for a step with these parameters: a file, or the files of a model of TensorFlow.js. */
export interface BroughtExtractor {
  readonly files: readonly NamedFile[];
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What can be asked about. */
export type ExtractorQuery = BroughtExtractor | KeptExtractor;

/** A network that is kept, for a step with these parameters. */
export interface KeptExtractor {
  readonly extractor: ExtractorFile;
  readonly parameters: Readonly<Record<string, unknown>>;
}
