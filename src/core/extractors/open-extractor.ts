import type { Engine, ModelSession } from '#core/engine.ts';
import { TerrariumError } from '#core/errors.ts';
import { valuesPerImage, type ImagePreprocessing } from '#core/images/preprocessing.ts';
import { GraphBuilder } from '#core/onnx/graph-builder.ts';
import { VERSION } from '#core/version.ts';
import { emitExtractor, type ExtractorSettings } from './emit-extractor.ts';
import type { Extractor } from './extractor.ts';
import { refuseExtractor } from './refuse-extractor.ts';

/** Numbers of one image that an extractor may give: a matrix has as many columns. */
export const MOST_FEATURES = 8192;
/** How far an image's features may lie from those that it has among others, relative to the largest. */
const TOLERANCE = 1e-4;

/** An extractor that runs, behind the pixels that it wants. */
export interface OpenExtractor {
  /** Features of an image. */
  readonly width: number;
  /** @param images [count, height, width, 3], 0 to 1 @returns [count, width] */
  run(images: Float32Array, count: number): Promise<Float32Array>;
  release(): Promise<void>;
}

/**
 * Opens an extractor in the engine's inference, as the part of a graph that it will be in a model, and tries it on two
 * made-up images.
 * @throws TerrariumError `bad_extractor` where it does not run, or an image's features are no numbers or depend on others
 */
export async function openExtractor(
  extractor: Extractor,
  size: Pick<ImagePreprocessing, 'height' | 'width'>,
  settings: ExtractorSettings,
  openModel: Engine['openModel'],
): Promise<OpenExtractor> {
  const sizes = [size.height, size.width, 3];
  const graph = new GraphBuilder(['images', 'features']);
  const images = graph.input('images', 'float32', ...sizes);
  graph.output('features', 'float32', emitExtractor(graph, images, extractor, settings), 'D');
  const bytes = graph.finish({
    ...{ graphName: 'extractor', producerVersion: VERSION, docString: '', metadata: {} },
  });
  const run = async (session: ModelSession, values: Float32Array, count: number) => {
    const { features } = await session.run({ images: { dtype: 'float32', values, sizes } }, count);
    if (features instanceof Float32Array) return features;
    throw refuseExtractor(extractor.file, 'gives no float32 features', 'Name another layer.');
  };
  const session = await attempt(extractor, size, () => openModel(bytes));
  try {
    const width = await attempt(extractor, size, () =>
      triedWidth(extractor, valuesPerImage({ ...size, channels: 3 }), (values, count) =>
        run(session, values, count),
      ),
    );
    return {
      width,
      run: (values, count) => attempt(extractor, size, () => run(session, values, count)),
      release: () => session.release(),
    };
  } catch (thrown) {
    await session.release();
    throw thrown;
  }
}

/** What onnxruntime says of an extractor that does not run, in a sentence about its file. */
async function attempt<Value>(
  { file }: Extractor,
  { height, width }: Pick<ImagePreprocessing, 'height' | 'width'>,
  body: () => Promise<Value>,
): Promise<Value> {
  try {
    return await body();
  } catch (thrown) {
    if (thrown instanceof TerrariumError && thrown.code === 'bad_extractor') throw thrown;
    const [reason = ''] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n');
    throw refuseExtractor(
      file,
      `does not run on images of ${height} × ${width} pixels: ${reason.slice(0, 300).replace(/[.\s]*$/, '')}`,
      'Export it with a first dimension that may vary, choose another size where it takes any, or name another layer.',
    );
  }
}

/** @returns how many features an image has */
async function triedWidth(
  { file, layer }: Extractor,
  each: number,
  run: (images: Float32Array, count: number) => Promise<Float32Array>,
): Promise<number> {
  const images = Float32Array.from({ length: 2 * each }, (_, at) => ((at * 37) % 256) / 255);
  images.subarray(each).reverse();
  const both = await run(images, 2);
  const apart = [await run(images.slice(0, each), 1), await run(images.slice(each), 1)];
  const width = both.length / 2;
  const alone = Float32Array.from(apart.flatMap((features) => [...features]));
  const largest = both.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const isOwn =
    alone.length === both.length &&
    both.every((value, at) => Math.abs(value - (alone[at] ?? NaN)) <= TOLERANCE * largest);
  if (both.some((value) => !Number.isFinite(value))) {
    throw refuseExtractor(
      file,
      'gives features that are no numbers',
      'Choose how pixels are scaled as the network was trained with, or name another layer.',
    );
  }
  if (!isOwn || !Number.isInteger(width)) {
    throw refuseExtractor(
      file,
      'gives an image other features beside other images than alone',
      'Export it for inference, with a first dimension that may vary.',
    );
  }
  if (width >= 1 && width <= MOST_FEATURES) return width;
  throw refuseExtractor(
    file,
    `gives ${width.toLocaleString('en')} features of an image at its layer "${layer}", and 1 to ${MOST_FEATURES.toLocaleString('en')} are taken`,
    'Name a layer nearer to its end, or take the average of each channel.',
  );
}
