import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { imageSteps } from '#core/spec/propose-images.ts';
import { predictRecords, readContract } from '#core/predict.ts';
import { modelCard } from '#core/registry/model-card.ts';
import { bytesSha256 } from '#core/bytes-hash.ts';
import type { Spec } from '#core/spec/spec.ts';
import { expectEndsWell, nodeEngine, noise, runDataset } from '../../support/experiment.ts';
import { extractorFile, node, usual } from '../../support/extractors.ts';
import { colouredPng } from '../../support/images.ts';
import { readFile } from '../../support/read.ts';
import { refusalOf, thrownBy } from '../../support/refusal.ts';

const bytes = extractorFile();
const extractorBytes = () => Promise.resolve(bytes);

/** Images that differ by one colour, of several sizes. */
const images = Array.from({ length: 40 }, (_, i) =>
  colouredPng(8 + (i % 3), 9, (at, channel) =>
    Math.floor(90 * noise(at, i) + (channel === (i % 2 === 0 ? 0 : 2) ? 150 : 0)),
  ),
);
const dataset = await readFile(
  'set.zip',
  zipSync(
    Object.fromEntries(images.map((png, i) => [`${i % 2 === 0 ? 'red' : 'blue'}/${i}.png`, png])),
  ),
);

async function withExtractor(parameters: object = {}, file = 'net.onnx') {
  const sha256 = await bytesSha256(bytes);
  return (spec: Spec): Spec => ({
    ...spec,
    steps: [
      {
        ...{ step: 'extract', columns: 'image', extractor: { file, sha256 } },
        parameters: { height: 12, width: 12, ...parameters },
      },
      { step: 'scale', columns: 'image', parameters: {} },
    ],
    candidates: [
      { name: 'majority', model: 'majority', parameters: {} },
      { name: 'linear', model: 'logistic_regression', parameters: {} },
    ],
  });
}

describe('a run whose features a network reads', () => {
  it('ends with models that hold the network, and say whose it is', async () => {
    const change = await withExtractor({}, 'folder/net.onnx');
    const run = await runDataset(dataset, 'label', change, { extractorBytes });
    expectEndsWell(run);
    const { record, models } = run.outcome;
    const [input] = record.contract.inputs;
    expect(input?.preprocessing).toMatchObject({ height: 12, width: 12, channels: 3 });
    const sha256 = await bytesSha256(bytes);
    const extractor = { file: 'net.onnx', sha256, bytes: bytes.byteLength, features: 4 };
    expect(input?.extractor).toEqual(extractor);
    expect(record.candidates[1]?.metrics.test.accuracy?.value).toBe(1);
    const seen = run.events.filter((event) => event.type === 'images').at(-1);
    expect(seen).toEqual({ type: 'images', done: 40, total: 40, extracting: true });
    const card = modelCard(record);
    expect(card).toContain('## A network that was brought');
    expect(card).toContain('`net.onnx`');
    expect(card).toContain(sha256);

    const model = models.get('linear') ?? new Uint8Array(0);
    const session = await (await nodeEngine()).openModel(model);
    const records = [0, 1].map((i) => ({
      image: `data:image/png;base64,${Buffer.from(images[i] ?? []).toString('base64')}`,
    }));
    const labels = await predictRecords(session, readContract(model), records);
    await session.release();
    expect(labels).toMatchObject([{ label: 'red' }, { label: 'blue' }]);

    const again = await runDataset(dataset, 'label', change, { extractorBytes });
    expect(again.outcome.record.candidates.map(({ weightsSha256 }) => weightsSha256)).toEqual(
      record.candidates.map(({ weightsSha256 }) => weightsSha256),
    );
    expect(again.outcome.models.get('linear')).toEqual(model);
  });

  it('takes the network into folds, and beside candidates that see pixels or other features', async () => {
    const change = await withExtractor();
    const run = await runDataset(
      dataset,
      'label',
      (spec) => {
        const own = change(spec);
        const [first, ...others] = own.steps;
        const wide = { ...first, parameters: { height: 20, width: 20, layer: 'logits' } };
        return {
          ...own,
          split: { ...own.split, folds: 2 },
          candidates: [
            ...own.candidates,
            {
              name: 'pixels',
              model: 'naive_bayes',
              parameters: {},
              steps: imageSteps(dataset.info),
            },
            {
              ...{ name: 'logits', model: 'logistic_regression', parameters: {} },
              steps: [wide as Spec['steps'][number], ...others],
            },
          ],
        };
      },
      { extractorBytes },
    );
    const { record, models } = run.outcome;
    expect(record.status).toBe('finished');
    for (const { parity, crossValidation } of record.candidates) {
      expect(parity.maxAbsDifference).toBeLessThanOrEqual(1e-5);
      expect(crossValidation?.folds).toHaveLength(2);
    }
    const features = (name: string) =>
      readContract(models.get(name) ?? bytes).inputs[0]?.extractor?.features;
    expect(['linear', 'pixels', 'logits'].map(features)).toEqual([4, undefined, 5]);
  });

  it('refuses another file than the spec names, and one that nobody has', async () => {
    const other = extractorFile({ node: [...usual.node, node('Relu', ['logits'], ['more'])] });
    const change = await withExtractor();
    const given = { extractorBytes: () => Promise.resolve(other) };
    const refusal = await refusalOf(() => runDataset(dataset, 'label', change, given));
    expect(refusal.message).toMatch(
      /^The extractor "net.onnx" has the hash .{12}…, and the spec names/,
    );
    expect(await thrownBy(() => runDataset(dataset, 'label', change))).toMatchObject({
      code: 'no_extractor',
    });
  });

  it('refuses a size that the network does not take', async () => {
    const change = await withExtractor({ height: 10_000 });
    expect((await refusalOf(() => runDataset(dataset, 'label', change))).message).toContain(
      'steps[0].parameters.height must be an integer from 0 to 256',
    );
  });

  it('hears a cancel while features are read', async () => {
    const controller = new AbortController();
    const change = await withExtractor({ height: 250, width: 250 });
    const options = {
      ...{ extractorBytes, signal: controller.signal },
      onEvent: (event: object) => {
        if ('extracting' in event) controller.abort();
      },
    };
    const run = () => runDataset(dataset, 'label', change, options);
    expect(await thrownBy(run)).toMatchObject({ kind: 'cancelled' });
  });
});

describe('a spec', () => {
  it.each([
    [{ step: 'extract', columns: 'image' }, /^steps\[0\]\.extractor is missing/],
    [
      {
        ...{ step: 'pixels', columns: 'image', parameters: {} },
        extractor: { file: 'x', sha256: '0'.repeat(64) },
      },
      /^steps\[0\]\.extractor is there, and the step pixels has no use for it/,
    ],
  ])('names a network where a step wants one, and nowhere else', async (step, wanted) => {
    const change = (spec: Spec): Spec => ({
      ...spec,
      steps: [{ parameters: {}, ...step } as never],
    });
    const refusal = await refusalOf(() => runDataset(dataset, 'label', change, { extractorBytes }));
    expect(refusal.message).toMatch(wanted);
    expect(refusal.details?.['path']).toBe('steps[0].extractor');
  });
});
