import type { Dataset, Table } from '#core/data/table.ts';
import type { Engine } from '#core/engine.ts';
import { runError } from '#core/errors.ts';
import type { Extraction } from '#core/extractors/extracted-images.ts';
import { extractFeatures } from '#core/extractors/extract-features.ts';
import type { ExtractorBytes } from '#core/extractors/extractor.ts';
import { checkExtractorHash, readExtractor } from '#core/extractors/read-extractor.ts';
import { settleScaling } from '#core/extractors/settle-scaling.ts';
import { stepTakes } from '#core/features/check-steps.ts';
import type { ImageColumn } from '#core/features/images/image-column.ts';
import { readImageColumn } from '#core/features/images/read-image-column.ts';
import { stepNamed } from '#core/features/registry.ts';
import type { FeatureStep } from '#core/features/step.ts';
import type { RunEvent } from '#core/run-events.ts';
import { inputColumns } from '#core/spec/input-columns.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import type { Spec, SpecStep } from '#core/spec/spec.ts';

/** Every image of a data set, as each candidate's steps have it. */
export interface PlannedImages {
  /** A column of images after the first of these steps that is for it. */
  columnFor(name: string, steps: readonly SpecStep[]): ImageColumn;
}

export const noImages: PlannedImages = {
  columnFor: (name) => {
    throw new RangeError(`the images of ${name} were not read`);
  },
};

interface Around {
  readonly engine: Pick<Engine, 'openModel'>;
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
  readonly extractorBytes?: ExtractorBytes;
}

/**
 * Decodes all images that a run's candidates see, once for each way that they see them, and reads their features where a
 * step does so by a network.
 * @throws TerrariumError as `readImageColumn`, `readExtractor` and `extractFeatures` do
 */
export async function readPlannedImages(
  spec: Spec,
  { table, info }: Dataset,
  around: Around,
): Promise<PlannedImages> {
  const names = inputColumns(spec, info).flatMap(({ name, type }) =>
    type === 'image' ? name : [],
  );
  const plans = [spec.steps, ...spec.candidates.flatMap(({ steps }) => (steps ? [steps] : []))];
  const wanted = new Map(
    plans.flatMap((steps) =>
      names.map((name) => {
        const look = lookAt(name, steps);
        return [keyOf(look), look] as const;
      }),
    ),
  );
  const read = new Map<string, ImageColumn>();
  for (const [key, look] of wanted) {
    const place = { before: read.size * table.rowCount, total: wanted.size * table.rowCount };
    read.set(key, await readLook(look, table, place, around));
  }
  return {
    columnFor(name, steps) {
      const found = read.get(keyOf(lookAt(name, steps)));
      return found ?? noImages.columnFor(name, steps);
    },
  };
}

/** A column of images, and the step that makes of it what models see. */
interface Look {
  readonly name: string;
  readonly step: FeatureStep;
  readonly parameters: ParameterValues;
  readonly extractor: SpecStep['extractor'];
}

/** The steps have been checked: there is one for each column of images. */
export function lookAt(name: string, steps: readonly SpecStep[]): Look {
  for (const [i, specStep] of steps.entries()) {
    const step = stepNamed(specStep.step);
    if (step.readImage === undefined || !stepTakes(specStep, { name, type: 'image' })) continue;
    const path = `steps[${i}].parameters`;
    const parameters = resolveParameters(step.parameters, specStep.parameters, path);
    return { name, step, parameters, extractor: specStep.extractor };
  }
  throw new RangeError(`no step for the images of ${name}`);
}

function keyOf({ name, step, parameters, extractor }: Look): string {
  return JSON.stringify([name, step.name, parameters, extractor?.sha256]);
}

async function readLook(
  look: Look,
  table: Table,
  { before, total }: { readonly before: number; readonly total: number },
  around: Around,
): Promise<ImageColumn> {
  const { name, step, parameters } = look;
  const { signal, onEvent } = around;
  const extraction = await extractionOf(look, around);
  const preprocessing = step.readImage?.(parameters, extraction?.extractor.input);
  if (preprocessing === undefined) throw new RangeError(`${step.name} reads no images`);
  const column = await readImageColumn(
    table,
    { name, preprocessing, isForExtractor: extraction !== null },
    { signal, onProgress: (done) => onEvent({ type: 'images', done: before + done, total }) },
  );
  if (extraction === null) return column;
  const extracted = await extractFeatures(column, extraction, {
    ...{ openModel: (bytes) => around.engine.openModel(bytes), signal },
    onProgress: (done) => onEvent({ type: 'images', done: before + done, total, extracting: true }),
  });
  return { ...column, extracted };
}

/** The network that a step reads features by, from its file; null where the step has none. */
async function extractionOf(
  { step, parameters, extractor: named }: Look,
  { extractorBytes }: Around,
): Promise<Extraction | null> {
  if (step.extraction === undefined || named === undefined) return null;
  if (extractorBytes === undefined) {
    throw runError(
      'no_extractor',
      `The run reads features by the network "${named.file}", and nobody gives its file here.`,
    );
  }
  const { layer, ...asked } = step.extraction(parameters);
  const bytes = await extractorBytes(named);
  await checkExtractorHash(bytes, named);
  const extractor = await readExtractor(bytes, named.file, layer);
  return { extractor, settings: settleScaling(asked, extractor) };
}
