import type { ExtractorFile } from './extractor.ts';

/** What a network that a person brought is to a step. */
export interface ExtractorFacts extends ExtractorFile {
  readonly bytes: number;
  /** Pixels of the images that it sees. */
  readonly height: number;
  readonly width: number;
  readonly layer: string;
  /** Numbers of one image. */
  readonly features: number;
}

/** A file that a person chose for a step with these parameters. */
export interface BroughtExtractor {
  readonly file: Blob;
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What can be asked about. */
export type ExtractorQuery = BroughtExtractor | KeptExtractor;

/** A network that is kept, for a step with these parameters. */
export interface KeptExtractor {
  readonly extractor: ExtractorFile;
  readonly parameters: Readonly<Record<string, unknown>>;
}
