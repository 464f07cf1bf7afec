import type { ExtractedImages, Extraction } from '#core/extractors/extracted-images.ts';
import { valuesPerImage, type ImagePreprocessing } from '#core/images/preprocessing.ts';
import type { NumericFeature } from '../column.ts';
import type { ImageShape } from '../matrix.ts';
import { numberMeaning, type Meaning } from '../meaning.ts';

/**
 * Of each record the pixels of an image, after its preprocessing. Records look into one list of images, and a pixel
 * takes one byte until the trainer or the graph wants it as a number.
 */
export interface ImageColumn {
  readonly kind: 'image';
  readonly name: string;
  readonly preprocessing: ImagePreprocessing;
  /** The images one after the other, each [height, width, channels], 0 to 255. */
  readonly pixels: Uint8Array;
  /** Which image each record has. */
  readonly images: Int32Array;
  /** What a network has read from the images: the features are these, and no longer the pixels. */
  readonly extracted?: ExtractedImages;
}

/** What the graph sees of each of the 256 levels: float32, 0 to 1. */
const levels = Float32Array.from({ length: 256 }, (_, level) => level / 255);
const colours = ['red', 'green', 'blue'];

/** The given records of a column. */
export function takeImages(column: ImageColumn, records: Int32Array): ImageColumn {
  return { ...column, images: records.map((record) => column.images[record] ?? 0) };
}

/** A column that may be one of images. */
type AnyColumn = ImageColumn | { readonly kind: string; readonly name: string };

/** What a column of images is to its first step: its pixels, or a column of numbers for each feature read from them. */
export function imageFeatures(column: ImageColumn): readonly (ImageColumn | NumericFeature)[] {
  const { name, images, extracted } = column;
  if (extracted === undefined) return [column];
  const { width, values } = extracted;
  return Array.from({ length: width }, (_, j) => ({
    kind: 'numeric',
    name: `${name}[${j}]`,
    values: Float64Array.from(images, (image) => values[image * width + j] ?? NaN),
  }));
}

/** The shape of the one image whose pixels the features are, one for one and in their order; undefined for any others. */
export function imageOf(
  columns: readonly AnyColumn[],
  names: readonly string[],
): ImageShape | undefined {
  for (const column of columns) {
    if (!('pixels' in column) || column.extracted !== undefined) continue;
    if (pixelNames(column).join() !== names.join()) continue;
    const { height, width, channels } = column.preprocessing;
    return { height, width, channels };
  }
  return undefined;
}

/** By what the features of those of the columns are read whose pixels are none, by name. */
export function extractionsOf(
  columns: readonly AnyColumn[],
  wanted: readonly { readonly name: string }[],
): ReadonlyMap<string, Extraction> {
  const names = new Set(wanted.map(({ name }) => name));
  return new Map(
    columns.flatMap((column) => {
      if (!('pixels' in column) || column.extracted === undefined) return [];
      const { extractor, settings } = column.extracted;
      return names.has(column.name) ? [[column.name, { extractor, settings }] as const] : [];
    }),
  );
}

/** Numbers of one record. */
export function pixelsEach({ preprocessing }: ImageColumn): number {
  return valuesPerImage(preprocessing);
}

/** Names of a record's numbers, in their order: `image[2,5]` by row and column from 0, in colour `image[2,5,red]`. */
export function pixelNames({ name, preprocessing }: ImageColumn): readonly string[] {
  const { height, width, channels } = preprocessing;
  return Array.from({ length: height * width * channels }, (_, at) => {
    const pixel = Math.floor(at / channels);
    const place = `${Math.floor(pixel / width)},${pixel % width}`;
    return `${name}[${channels === 1 ? place : `${place},${colours[at % channels] ?? ''}`}]`;
  });
}

export function pixelMeanings(column: ImageColumn): readonly Meaning[] {
  return pixelNames(column).map(numberMeaning);
}

/** Records `from` up to `to` as the graph takes them: float32 [to − from, height, width, channels], 0 to 1. */
export function imageTensor(column: ImageColumn, from: number, to: number): Float32Array {
  const each = pixelsEach(column);
  const out = new Float32Array((to - from) * each);
  for (let i = from; i < to; i += 1) writePixels(column, i, out, (i - from) * each);
  return out;
}

/** Writes one record's numbers into a list, from a place on. */
export function writePixels(
  { pixels, images, preprocessing }: ImageColumn,
  record: number,
  out: Float32Array,
  place: number,
): void {
  const each = valuesPerImage(preprocessing);
  const from = (images[record] ?? 0) * each;
  for (let j = 0; j < each; j += 1) out[place + j] = levels[pixels[from + j] ?? 0] ?? 0;
}

/** A column for each pixel, for steps that want numbers: the float32 values that the graph sees, in float64. */
export function pixelColumns(column: ImageColumn): readonly NumericFeature[] {
  const { pixels, images } = column;
  const each = pixelsEach(column);
  return pixelNames(column).map((name, j) => ({
    kind: 'numeric',
    name,
    values: Float64Array.from(images, (image) => levels[pixels[image * each + j] ?? 0] ?? 0),
  }));
}
