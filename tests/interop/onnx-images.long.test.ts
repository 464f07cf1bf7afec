import { readFileSync } from 'node:fs';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '#core/data/table.ts';
import { imageTensor } from '#core/features/images/image-column.ts';
import { readImageColumn } from '#core/features/images/read-image-column.ts';
import type { Estimator } from '#core/models/estimator.ts';
import { estimatorsFor } from '#core/models/registry.ts';
import { sizesOf } from '#core/onnx/export-model.ts';
import { predictTable, readContract } from '#core/predict.ts';
import type { Contract } from '#core/spec/contract.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { proposeSpec, proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import { noise, runDataset, runSpec, type Experiment } from '../support/experiment.ts';
import { readFile } from '../support/read.ts';
import { ExportedFiles } from './exported-files.ts';
import { inThreeRuntimes } from './three-runtimes.ts';

/** Images before every model that takes them, as one ONNX file over pixels, in three runtimes. */

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

/** What a graph takes of every image. */
async function pixelsOf({ table }: Dataset, { inputs: [input] }: Contract) {
  const preprocessing = input?.preprocessing;
  if (input === undefined || preprocessing === undefined) throw new Error('no image');
  const column = await readImageColumn(table, { name: input.name, preprocessing });
  const values = imageTensor(column, 0, table.rowCount);
  return { [input.tensor]: { dtype: 'float32' as const, values, sizes: sizesOf(input) } };
}

function quickly({ name, parameters }: Estimator) {
  const wanted = { epochs: 3, n_estimators: 8, max_iter: name === 'lambdamart' ? 8 : undefined };
  const given = Object.entries(wanted).filter(
    ([one, value]) => value !== undefined && parameters.some((known) => known.name === one),
  );
  return {
    ...{ name, model: name },
    parameters: resolveParameters(parameters, Object.fromEntries(given), name),
  };
}

describe.each(Object.entries(plans))('%s', (_, steps) => {
  let experiment: Experiment;
  beforeAll(async () => {
    const quick = (spec: Spec): Spec => ({
      ...spec,
      steps,
      candidates: models.map(quickly),
    });
    experiment = await runDataset(await readFile('digits.zip', fewDigits()), 'label', quick);
  });

  it.each(models.map(({ name }) => name))('%s answers alike', async (name) => {
    const { dataset, outcome } = experiment;
    const bytes = outcome.models.get(name) ?? new Uint8Array(0);
    const contract = readContract(bytes);
    const rows = dataset.table.rowCount;
    const feeds = await pixelsOf(dataset, contract);
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

/** The same images with a table of what else there is to learn of each. */
function withTable(): Uint8Array {
  const images = Object.entries(unzipSync(fewDigits())).filter(([path]) => path.endsWith('.png'));
  const lines = images.map(([path], i) => {
    const digit = Number(path.split('/').at(-2));
    return `${path},${digit + noise(i, 1)},${digit % 4},s${i >> 3}`;
  });
  const csv = strToU8(['file,price,grade,search', ...lines].join('\n'));
  return zipSync({ ...Object.fromEntries(images), 'table.csv': csv });
}

const others = {
  regression: 'price',
  ranking: 'grade',
  clustering: undefined,
  anomaly_detection: undefined,
  reduction: undefined,
} as const;
const exported = new ExportedFiles();
afterAll(() => {
  exported.remove();
});

describe.each(Object.entries(others))('images before every model of %s', (name, target) => {
  it('agree with their trainers on held-out rows, and in onnxruntime-node', async () => {
    const task = name as keyof typeof others;
    const dataset = await readFile('digits.zip', withTable());
    const proposed =
      target === undefined
        ? proposeWithoutTarget(dataset.info, task, { seed: 7 })
        : proposeSpec(dataset.info, target, { seed: 7, task, query: 'search' });
    const unused = ['price', 'grade', ...(task === 'ranking' ? [] : ['search'])]
      .filter((one) => one !== target)
      .map((one) => [one, { type: 'ignore' }]);
    const steps = [
      pixels({ height: 9, width: 7, color: 'greyscale', fit: 'pad' }),
      { step: 'scale', columns: 'image' as const, parameters: { method: 'standard' } },
    ];
    const { outcome } = await runSpec(dataset, {
      ...proposed,
      columns: { ...proposed.columns, ...Object.fromEntries(unused) } as Spec['columns'],
      steps,
      candidates: estimatorsFor({ task, steps }).map(quickly),
      evaluation: { resamples: 100 },
    });
    const { candidates, warnings, contract } = outcome.record;
    const wanted = estimatorsFor({ task, steps }).map((one) => one.name);
    expect(
      candidates.map((one) => one.name),
      warnings.join(' '),
    ).toEqual(wanted);
    const asked = { feeds: await pixelsOf(dataset, contract), rows: dataset.table.rowCount };
    for (const { name: model, parity } of candidates) {
      expect(parity.maxAbsDifference, model).toBeLessThanOrEqual(1e-5);
      const bytes = outcome.models.get(model) ?? new Uint8Array(0);
      await exported.addFed(`${task}: ${model}`, bytes, readContract(bytes), asked);
    }
  });
});

it('all of these pass onnx.checker and answer the same in Python’s onnxruntime', async () => {
  expect(exported.count).toBeGreaterThan(20);
  await exported.expectSameInPython();
}, 300_000);
