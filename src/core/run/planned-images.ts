import type { Dataset } from '#core/data/table.ts';
import { stepTakes } from '#core/features/check-steps.ts';
import type { ImageColumn } from '#core/features/images/image-column.ts';
import { readImageColumn } from '#core/features/images/read-image-column.ts';
import { stepNamed } from '#core/features/registry.ts';
import type { ImagePreprocessing } from '#core/images/preprocessing.ts';
import type { RunEvent } from '#core/run-events.ts';
import { inputColumns } from '#core/spec/input-columns.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
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

/**
 * Decodes all images that a run's candidates see, once for each way that they see them.
 * @throws TerrariumError as `readImageColumn` does
 */
export async function readPlannedImages(
  spec: Spec,
  { table, info }: Dataset,
  {
    signal,
    onEvent,
  }: { readonly signal: AbortSignal; readonly onEvent: (event: RunEvent) => void },
): Promise<PlannedImages> {
  const names = inputColumns(spec, info).flatMap(({ name, type }) =>
    type === 'image' ? name : [],
  );
  const plans = [spec.steps, ...spec.candidates.flatMap(({ steps }) => (steps ? [steps] : []))];
  const wanted = new Map(
    plans.flatMap((steps) =>
      names.map((name) => {
        const preprocessing = preprocessingOf(name, steps);
        return [keyOf(name, preprocessing), { name, preprocessing }] as const;
      }),
    ),
  );
  const total = wanted.size * table.rowCount;
  const read = new Map<string, ImageColumn>();
  for (const [key, asked] of wanted) {
    const before = read.size * table.rowCount;
    const onProgress = (done: number) => onEvent({ type: 'images', done: before + done, total });
    read.set(key, await readImageColumn(table, asked, { signal, onProgress }));
  }
  return {
    columnFor(name, steps) {
      const found = read.get(keyOf(name, preprocessingOf(name, steps)));
      return found ?? noImages.columnFor(name, steps);
    },
  };
}

/** What the step for images does to a column. The steps have been checked: there is one. */
function preprocessingOf(name: string, steps: readonly SpecStep[]): ImagePreprocessing {
  for (const [i, specStep] of steps.entries()) {
    const step = stepNamed(specStep.step);
    if (step.readImage === undefined || !stepTakes(specStep, { name, type: 'image' })) continue;
    const path = `steps[${i}].parameters`;
    return step.readImage(resolveParameters(step.parameters, specStep.parameters, path));
  }
  throw new RangeError(`no step for the images of ${name}`);
}

function keyOf(name: string, preprocessing: ImagePreprocessing): string {
  return JSON.stringify([name, preprocessing]);
}
