import { readFileSync } from 'node:fs';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ModelSession } from '#core/engine.ts';
import { dataUrlPattern } from '#core/images/data-url.ts';
import { predictRecords, predictTable } from '#core/predict.ts';
import type { Contract } from '#core/spec/contract.ts';
import { contractJsonSchema } from '#core/spec/json-schema.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { expectEndsWell, openBest, runDataset, withoutNetwork } from '../../support/experiment.ts';
import { bmpOf, pngOf } from '../../support/images.ts';
import { readFile } from '../../support/read.ts';
import { thrownBy } from '../../support/refusal.ts';

const digits = readFileSync(new URL('../../../public/samples/digits.zip', import.meta.url));

function withBoosting(spec: Spec): Spec {
  const boosting = {
    name: 'boosting',
    model: 'gradient_boosting',
    parameters: { max_iter: 60 },
  };
  return { ...withoutNetwork(spec), candidates: [...withoutNetwork(spec).candidates, boosting] };
}

describe('a run on the sample of digits', () => {
  let session: ModelSession;
  let contract: Contract;
  beforeAll(async () => {
    const run = await runDataset(await readFile('digits.zip', digits), 'label', withBoosting);
    expectEndsWell(run);
    expect(run.spec.steps).toEqual([
      {
        step: 'pixels',
        columns: 'image',
        parameters: { height: 8, width: 8, color: 'greyscale', fit: 'stretch' },
      },
    ]);
    const accuracies = run.outcome.record.candidates.map(
      ({ model, metrics }) => [model, metrics.test['accuracy']?.value ?? 0] as const,
    );
    const of = Object.fromEntries(accuracies);
    expect(of['majority']).toBeLessThan(0.15);
    expect(of['logistic_regression']).toBeGreaterThan(0.95);
    expect(of['gradient_boosting']).toBeGreaterThan(0.95);
    const decoded = run.events.filter((event) => event.type === 'images').at(-1);
    expect(decoded).toEqual({ type: 'images', done: 1797, total: 1797 });
    ({ session, contract } = await openBest(run));
  });

  test('the contract names what becomes of a file before it is the graph’s tensor', () => {
    expect(contract.inputs).toEqual([
      {
        ...{ name: 'image', tensor: 'image', type: 'image', dtype: 'float32' },
        ...{ missing: [], example: '' },
        preprocessing: {
          ...{ name: 'terrarium.image', version: 1, height: 8, width: 8 },
          ...{ channels: 1, fit: 'stretch', range: [0, 1] },
        },
      },
    ]);
  });

  test('a record has an image as a data URL, and a file of images without labels is predicted alike', async () => {
    const files = Object.entries(unzipSync(digits)).slice(100, 110);
    const urls = files.map(([, bytes]) => dataUrl(bytes));
    const records = await predictRecords(
      session,
      contract,
      urls.map((image) => ({ image })),
    );
    const bare = files.map(([, bytes], i) => [`${i}.png`, bytes] as const);
    const unlabelled = { unlabelled: true };
    const { table } = await readFile('new.zip', zipSync(Object.fromEntries(bare)), unlabelled);
    expect(table.names).not.toContain('label');
    expect(await predictTable(session, contract, table)).toEqual(records);
    expect(contractJsonSchema(contract)).toMatchObject({
      properties: { image: { type: 'string', pattern: dataUrlPattern } },
      required: ['image'],
    });
    for (const url of urls) expect(url).toMatch(new RegExp(dataUrlPattern));
    expect('cat.png').not.toMatch(new RegExp(dataUrlPattern));
  });

  test.each([
    [{}, 'no_image', 'Row 1, column "image": there is no image, and the model needs one.'],
    [{ image: 'cat.png' }, 'no_image', 'Row 1, column "image": "cat.png" is no image.'],
    [
      { image: 'data:image/png;base64,AAAA' },
      'bad_image',
      'Row 1, column "image": the image is no image: its bytes are those of no PNG, JPEG, GIF, WebP or BMP.',
    ],
  ])('the record %j is refused', async (record, code, message) => {
    const refusal = await thrownBy(() => predictRecords(session, contract, [record]));
    expect(refusal).toMatchObject({ code, message });
  });
});

test('many pixels are warned of, with what would need less', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 24 }, (_, i) => [
      `${i % 2 === 0 ? 'cat' : 'dog'}/${i}.png`,
      pngOf(4, 4, i * 9),
    ]),
  );
  const large = {
    step: 'pixels',
    columns: 'image' as const,
    parameters: { height: 32, width: 32 },
  };
  const { outcome } = await runDataset(
    await readFile('p.zip', zipSync(files)),
    'label',
    (spec) => ({
      ...spec,
      steps: [large],
      candidates: spec.candidates.slice(0, 1),
    }),
  );
  const [warning = ''] = outcome.record.warnings;
  expect(warning).toMatch(
    /^The steps make 3,072 features .* fewer pixels, or grey ones, need less\.$/,
  );
});

test('an image that cannot be decoded fails the run by its row and its file', async () => {
  const broken = pngOf(4, 4).map((byte, i) => (i === 50 ? byte ^ 1 : byte));
  const files = Object.fromEntries(
    Array.from({ length: 24 }, (_, i) => [
      `${i % 2 === 0 ? 'cat' : 'dog'}/${String(i).padStart(2, '0')}.png`,
      i === 3 ? broken : pngOf(4, 4, i * 9),
    ]),
  );
  const dataset = await readFile('pets.zip', zipSync(files));
  expect(await thrownBy(() => runDataset(dataset, 'label', withoutNetwork))).toMatchObject({
    code: 'bad_image',
    message: 'Row 14, column "image": dog/03.png is damaged: a checksum in it is wrong.',
  });
});

test('images of several sizes are brought to one in colour; more pixels than fit into memory are refused', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 24 }, (_, i) => [`${i % 2 ? 'a' : 'b'}/${i}.bmp`, bmpOf(5 + i, 7)]),
  );
  const dataset = await readFile('set.zip', zipSync(files));
  const { steps, columns } = proposeSpec(dataset.info, 'label');
  expect(steps[0]?.parameters).toMatchObject({ height: 32, width: 32, color: 'rgb' });
  expect(columns).toEqual({ width: { type: 'ignore' }, height: { type: 'ignore' } });
  const vast = { ...dataset, table: { ...dataset.table, rowCount: 40_000 } };
  expect(await thrownBy(() => runDataset(vast, 'label', withoutNetwork))).toMatchObject({
    code: 'too_many_features',
  });
});

test('an image column without its step is refused, and a cancel is heard while images are decoded', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`${i % 2 ? 'a' : 'b'}/${i}.png`, pngOf(9, 9, i)]),
  );
  const dataset = await readFile('set.zip', zipSync({ ...files, 'readme.txt': strToU8('x') }));
  const bare = (spec: Spec): Spec => ({ ...withoutNetwork(spec), steps: [] });
  expect(await thrownBy(() => runDataset(dataset, 'label', bare))).toMatchObject({
    code: 'text_feature_left',
    hint: 'Add a pixels step for it, or ignore the column.',
  });
  const controller = new AbortController();
  const options = {
    signal: controller.signal,
    onEvent: () => {
      controller.abort();
    },
  };
  const run = () => runDataset(dataset, 'label', withoutNetwork, options);
  expect(await thrownBy(run)).toMatchObject({ kind: 'cancelled' });
});

function dataUrl(bytes: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
}
