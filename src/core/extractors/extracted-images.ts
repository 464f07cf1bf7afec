import type { ExtractorSettings } from './emit-extractor.ts';
import type { Extractor } from './extractor.ts';

/** By what, and how, features of images are read. */
export interface Extraction {
  readonly extractor: Extractor;
  readonly settings: ExtractorSettings;
}

/** The features of images, in their order. */
export interface ExtractedImages extends Extraction {
  /** Features of one image. */
  readonly width: number;
  /** [images, width] */
  readonly values: Float32Array;
}
