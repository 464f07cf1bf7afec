import { textCells } from '#core/data/text-cells.ts';
import { columnCells, type Dataset } from '#core/data/table.ts';
import { readImageColumn } from '#core/features/images/read-image-column.ts';
import { imageTensor, pixelNames, type ImageColumn } from '#core/features/images/image-column.ts';
import type { ImageShape } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import {
  augmentationOf,
  augmentationParameters,
} from '#core/networks/augmentation/augmentation.ts';
import { Augmenter } from '#core/networks/augmentation/augmenter.ts';
import { checkMeaning, checkSpec } from '#core/spec/check-spec.ts';
import { inputColumns } from '#core/spec/input-columns.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import type { Spec } from '#core/spec/spec.ts';
import { lookAt } from './planned-images.ts';
import { prepareRows } from './prepare-rows.ts';
import { prepareSplit } from './prepare-split.ts';

/** Images that are shown, and steps in which each is. */
const IMAGES = 4;
const STEPS = 5;

/** Some training images as a training sees them, one after the other in a few of its steps. */
export interface AugmentationDescription extends Pick<ImageShape, 'height' | 'width'> {
  readonly images: readonly {
    /** From 0, in the file. */
    readonly row: number;
    /** What it is, then what it is in each step: red, green, blue and opaque, as a canvas takes them. */
    readonly pixels: readonly Uint8ClampedArray<ArrayBuffer>[];
  }[];
}

/** A candidate of a spec for a stored version of a data set, by its place. */
export interface AugmentationQuery {
  readonly datasetId: string;
  readonly version: number;
  readonly spec: Spec;
  readonly candidate: number;
}

/**
 * What a candidate's training makes of images by chance; null where it changes none, or reads more than one column.
 * @param read the bytes of a row's file (0-based)
 * @throws TerrariumError as `checkSpec` and `prepareSplit` do, or where an image cannot be read
 */
export async function describeAugmentation(
  { spec, candidate }: Pick<AugmentationQuery, 'spec' | 'candidate'>,
  dataset: Dataset,
  read: (row: number) => Promise<Uint8Array>,
): Promise<AugmentationDescription | null> {
  checkMeaning(spec);
  checkSpec(spec, dataset.info);
  const chosen = spec.candidates[candidate];
  const [input, ...others] = inputColumns(spec, dataset.info);
  if (chosen === undefined || input?.type !== 'image' || others.length > 0) return null;
  const { parameters } = estimatorNamed(chosen.model);
  if (!augmentationParameters.every((one) => parameters.includes(one))) return null;
  const path = `candidates[${candidate}].parameters`;
  const augmentation = augmentationOf(resolveParameters(parameters, chosen.parameters, path));
  const look = lookAt(input.name, chosen.steps ?? spec.steps);
  if (augmentation === undefined || look.extractor !== undefined) return null;
  const preprocessing = look.step.readImage?.(look.parameters);
  if (preprocessing === undefined) return null;
  const rows = someOf(trainingRows(spec, dataset));
  const cells = columnCells(dataset.table, input.name);
  const table = {
    names: [input.name],
    columns: [textCells(rows.map((row) => cells.at(row)))],
    rowCount: rows.length,
    images: { column: input.name, read: (i: number) => read(rows[i] ?? 0) },
  };
  const column = await readImageColumn(table, { name: input.name, preprocessing });
  const augmenter = new Augmenter(augmentation, asTraining(column), spec.seed);
  const order = Int32Array.from(rows.keys());
  const seen = [
    imageTensor(column, 0, rows.length),
    ...Array.from({ length: STEPS }, (_, step) => augmenter.batch(order, step).features),
  ];
  const { height, width, channels } = preprocessing;
  const size = height * width * channels;
  const images = rows.map((row, i) => ({
    row,
    pixels: seen.map((batch) => canvasPixels(batch.subarray(i * size, (i + 1) * size), channels)),
  }));
  return { height, width, images };
}

function canvasPixels(values: Float32Array, channels: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = values.length / channels;
  const out = new Uint8ClampedArray(4 * pixels).fill(255);
  for (let at = 0; at < pixels; at += 1) {
    for (let k = 0; k < 3; k += 1) {
      out[4 * at + k] = 255 * (values[at * channels + (channels === 1 ? 0 : k)] ?? 0);
    }
  }
  return out;
}

function trainingRows(spec: Spec, dataset: Dataset): Int32Array {
  const prepared = prepareRows(spec, dataset);
  return prepareSplit(spec, dataset, prepared.target, prepared).parts.train;
}

/** A few of them, evenly apart: image sets often stand in the order of their labels. */
function someOf(rows: Int32Array): number[] {
  const count = Math.min(IMAGES, rows.length);
  return Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)] ?? 0);
}

/** As a regression of zeros: what is mixed of targets is not shown. */
function asTraining(column: ImageColumn): TrainingData {
  const { preprocessing: image, images } = column;
  const [rows, names] = [images.length, pixelNames(column)];
  const values = imageTensor(column, 0, rows);
  const features = { rows, width: names.length, values, names, image };
  return { task: 'regression', features, target: new Float64Array(rows), outputs: 1 };
}
