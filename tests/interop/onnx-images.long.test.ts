import { readFileSync } from 'node:fs';
import { unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { imageTensor } from '#core/features/images/image-column.ts';
import { readImageColumn } from '#core/features/images/read-image-column.ts';
import { estimatorsFor } from '#core/models/registry.ts';
import { sizesOf } from '#core/onnx/export-model.ts';
import { predictTable, readContract } from '#core/predict.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import type { Spec } from '#core/spec/spec.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import { runDataset, type Experiment } from '../support/experiment.ts';
import { readFile } from '../support/read.ts';
import { inThreeRuntimes } from './three-runtimes.ts';

/** Images before every model of classes, as one ONNX file over pixels, in three runtimes. */

const ROWS = 240;
const models = estimatorsFor({ task: 'classification', steps: [pixels({})] });
const plans = {
  'colours alone': [pixels({ height: 6, width: 5, color: 'rgb', fit: 'crop' })],
  'grey, and scaled': [
    pixels({ height: 9, width: 7, color: 'greyscale', fit: 'pad' }),
    { step: 'scale', columns: 'image' as const, parameters: { method: 'standard' } },
  ],
};

function pixels(parameters: Spec['steps'][number]['parameters']): Spec['steps'][number] {
  return { step: 'pixels', columns: 'image', parameters };
}

/** The first images of the sample of digits. */
function fewDigits(): Uint8Array {
  const sample = readFileSync(new URL('../../public/samples/digits.zip', import.meta.url));
  return zipSync(
    Object.fromEntries(
      Object.entries(unzipSync(sample))
        .filter((_, i) => i % 7 === 0)
        .slice(0, ROWS),
    ),
  );
}

describe.each(Object.entries(plans))('%s', (_, steps) => {
  let experiment: Experiment;
  beforeAll(async () => {
    const quick = (spec: Spec): Spec => ({
      ...spec,
      steps,
      candidates: models.map((one) => ({
        name: one.name,
        model: one.name,
        parameters: resolveParameters(
          one.parameters,
          one.parameters.some(({ name }) => name === 'epochs') ? { epochs: 3 } : {},
          one.name,
        ),
      })),
    });
    experiment = await runDataset(await readFile('digits.zip', fewDigits()), 'label', quick);
  });

  it.each(models.map(({ name }) => name))('%s answers alike', async (name) => {
    const { dataset, outcome } = experiment;
    const bytes = outcome.models.get(name) ?? new Uint8Array(0);
    const contract = readContract(bytes);
    const [input] = contract.inputs;
    const preprocessing = input?.preprocessing;
    if (input === undefined || preprocessing === undefined) throw new Error('no image');
    const column = await readImageColumn(dataset.table, { name: input.name, preprocessing });
    const rows = dataset.table.rowCount;
    const values = imageTensor(column, 0, rows);
    const feeds = { [input.tensor]: { dtype: 'float32' as const, values, sizes: sizesOf(input) } };
    const answers = await inThreeRuntimes(bytes, feeds, rows, 'probabilities');
    const session = await openModelOnNode(bytes);
    const own = await predictTable(session, contract, dataset.table);
    await session.release();
    const wanted = own.flatMap((one) => (one.task === 'classification' ? one.probabilities : []));
    expect(wanted).toHaveLength(rows * 10);
    for (const runtime of ['web', 'node', 'python'] as const) {
      expect(answers[runtime]).toHaveLength(wanted.length);
      const off = answers[runtime].reduce(
        (most, one, i) => Math.max(most, Math.abs(one - (wanted[i] ?? NaN))),
        0,
      );
      expect(off, runtime).toBeLessThanOrEqual(1e-5);
    }
    const parity = outcome.record.candidates.find((one) => one.name === name)?.parity;
    expect(parity?.passed).toBe(true);
  });
});
