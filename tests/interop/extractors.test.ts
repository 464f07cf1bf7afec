import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExtractorSettings } from '#core/extractors/emit-extractor.ts';
import { openExtractor } from '#core/extractors/open-extractor.ts';
import { readExtractor } from '#core/extractors/read-extractor.ts';
import { imageTensor } from '#core/features/images/image-column.ts';
import { readImageColumn } from '#core/features/images/read-image-column.ts';
import { sizesOf } from '#core/onnx/export-model.ts';
import { predictTable, readContract } from '#core/predict.ts';
import { bytesSha256 } from '#core/bytes-hash.ts';
import type { Spec } from '#core/spec/spec.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import { expectEndsWell, noise, runDataset } from '../support/experiment.ts';
import { colouredPng } from '../support/images.ts';
import { readFile } from '../support/read.ts';
import { shippedBytes } from '../support/shipped-extractor.ts';
import { runPython } from './python.ts';
import { inThreeRuntimes } from './three-runtimes.ts';

interface Case {
  readonly name: string;
  readonly file: string;
  /** Whether the layer is asked for by its name. */
  readonly named: boolean;
  readonly layer: string;
  readonly settings: ExtractorSettings;
  readonly features: readonly number[];
}

const IMAGES = 7;
const SIDE = 16;
const pixels = Uint8Array.from({ length: IMAGES * SIDE * SIDE * 3 }, (_, i) => 256 * noise(i));

let cases: readonly Case[] = [];
beforeAll(async () => {
  const script = fileURLToPath(new URL('extractors.py', import.meta.url));
  const input = { pixels: [...pixels], shape: [IMAGES, SIDE, SIDE, 3] };
  cases = JSON.parse(await runPython(script, { input: JSON.stringify(input) })) as Case[];
});

describe('networks of several versions of ONNX’s operators', () => {
  it('give the features that Python’s onnxruntime reads from the file as it was', async () => {
    expect(cases).toHaveLength(8);
    for (const { name, file, named, layer, settings, features } of cases) {
      const bytes = Buffer.from(file, 'base64');
      const extractor = await readExtractor(bytes, 'net.onnx', named ? layer : '');
      const size = { height: SIDE, width: SIDE };
      const opened = await openExtractor(extractor, size, settings, openModelOnNode);
      const images = Float32Array.from(pixels, (level) => level / 255);
      const found = await opened.run(images, IMAGES);
      await opened.release();
      expect(found, name).toHaveLength(features.length);
      const unit = Math.max(1, ...features.map(Math.abs));
      const off = found.reduce(
        (most, one, i) => Math.max(most, Math.abs(one - (features[i] ?? NaN))),
        0,
      );
      expect(off / unit, name).toBeLessThanOrEqual(1e-5);
    }
  });
});

it.each(['mobile', 'for one', 'shipped'])(
  'a model behind the network %s is one graph that answers in three runtimes as here',
  async (name) => {
    const found = cases.find((one) => one.name === name);
    const bytes = name === 'shipped' ? shippedBytes() : Buffer.from(found?.file ?? '', 'base64');
    const parameters = name === 'shipped' ? { height: 48, width: 40 } : {};
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `${i % 2 === 0 ? 'red' : 'blue'}/${i}.png`,
        colouredPng(20, 18, (at, channel) =>
          Math.floor(90 * noise(at, i) + (channel === (i % 2 === 0 ? 0 : 2) ? 150 : 0)),
        ),
      ]),
    );
    const dataset = await readFile('set.zip', zipSync(files));
    const extractor = { file: 'net.onnx', sha256: await bytesSha256(bytes) };
    const withNetwork = (spec: Spec): Spec => ({
      ...spec,
      steps: [
        { step: 'extract', columns: 'image', parameters, extractor },
        { step: 'scale', columns: 'image', parameters: {} },
      ],
      candidates: [
        { name: 'majority', model: 'majority', parameters: {} },
        { name: 'linear', model: 'logistic_regression', parameters: {} },
        { name: 'mlp', model: 'mlp', parameters: { epochs: 3 } },
        { name: 'trees', model: 'gradient_boosting', parameters: { max_iter: 5 } },
      ],
    });
    const experiment = await runDataset(dataset, 'label', withNetwork, {
      extractorBytes: () => Promise.resolve(bytes),
    });
    expectEndsWell(experiment);
    for (const [model, onnx] of experiment.outcome.models) {
      const contract = readContract(onnx);
      const [input] = contract.inputs;
      const { preprocessing } = input ?? {};
      if (input === undefined || preprocessing === undefined) throw new Error('no image');
      const column = await readImageColumn(dataset.table, { name: input.name, preprocessing });
      const feeds = {
        [input.tensor]: {
          ...{
            dtype: 'float32' as const,
            values: imageTensor(column, 0, 40),
            sizes: sizesOf(input),
          },
        },
      };
      const answers = await inThreeRuntimes(onnx, feeds, 40, 'probabilities');
      const session = await openModelOnNode(onnx);
      const own = await predictTable(session, contract, dataset.table);
      await session.release();
      const wanted = own.flatMap((one) => (one.task === 'classification' ? one.probabilities : []));
      expect(wanted).toHaveLength(80);
      for (const runtime of ['web', 'node', 'python'] as const) {
        const off = wanted.reduce(
          (most, one, i) => Math.max(most, Math.abs(one - (answers[runtime][i] ?? NaN))),
          0,
        );
        expect(off, `${model}, ${runtime}`).toBeLessThanOrEqual(1e-5);
      }
    }
  },
);
