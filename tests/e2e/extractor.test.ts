import type { Locator, Page } from '@playwright/test';
import { extractorFile } from '../support/extractors.ts';
import { artifactsOf, endTfjs, fill, filesOf, startTfjs, tf } from '../support/tfjs-models.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { expectResults, train } from './journey.ts';

/** Sets up training on the digits' images with a step that reads features by a network. */
async function addExtractor(page: Page): Promise<Locator> {
  await page.goto('./');
  await page.getByRole('button', { name: 'Open Handwritten digits' }).click();
  await page.getByRole('link', { name: 'Set up training' }).click();
  await page.getByText('Add a step').first().click();
  await page.getByRole('button', { name: 'Features read by a network' }).first().click();
  const heading = page.getByRole('heading', { name: '1 Features read by a network' });
  return page.getByRole('listitem').filter({ has: heading });
}

test(
  'a network is dropped on a step, tried, trained behind, and deleted',
  { tag: '@long' },
  async ({ page }) => {
    const step = await addExtractor(page);
    await expect(step).toContainText('under the Apache License 2.0');
    await expect(step).toContainText('Open Images V4');
    const facts = step.getByLabel('The network of this step');
    await expect(facts).toContainText('160 features, from its layer features');
    await expect(facts).toContainText('224 × 224 pixels');
    const told = page.getByRole('status').filter({ hasText: 'since it reads pixels' });
    await expect(told).toContainText('took the place of the step “Pixels');
    await expect(told).toContainText('“Convolutional network” was taken out of the candidates');
    await expect(page.getByRole('button', { name: 'Remove convolutional network' })).toBeHidden();
    await step.getByLabel('Height').fill('12');
    await step.getByLabel('Width').fill('12');
    await step.getByLabel('Width').blur();
    await expect(facts).toContainText('12 × 12 pixels');

    const zone = step.getByLabel(/files here/);
    const give = (name: string, buffer: Buffer) =>
      zone.setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    await give('notes.onnx', Buffer.from('no network'));
    await expect(
      step.getByText('The extractor "notes.onnx" is no readable ONNX model'),
    ).toBeVisible();
    await give('net.onnx', Buffer.from(extractorFile()));
    await expect(facts).toContainText('net.onnx');
    await expect(facts).toContainText('12 × 12 pixels');
    await expect(facts).toContainText('4 features, from its layer weights_0');
    await step.getByLabel('Layer').fill('logits');
    await step.getByLabel('Layer').blur();
    await expect(facts).toContainText('5 features, from its layer logits');
    await expectAccessible(page);

    await train(page);
    await expectResults(page);

    await page.goto('./#/storage');
    await page.getByRole('button', { name: 'Delete the network net.onnx' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByText('The network net.onnx was deleted.')).toBeVisible();
    await page.getByRole('button', { name: /^Delete the network mobilenet/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByRole('list', { name: /^Networks that read images/ })).toBeHidden();
  },
);

test(
  'a model of TensorFlow.js is chosen with its weights, asked for where one is missing, and trained behind',
  { tag: '@long' },
  async ({ page }) => {
    await startTfjs();
    const { layers } = tf;
    const model = tf.sequential({
      layers: [
        layers.rescaling({ inputShape: [8, 8, 3], scale: 1 / 127.5, offset: -1, name: 'levels' }),
        layers.conv2d({
          filters: 6,
          kernelSize: 3,
          padding: 'same',
          activation: 'relu',
          name: 'c',
        }),
        layers.globalAveragePooling2d({ name: 'mean' }),
        layers.dense({ units: 3, name: 'classes' }),
      ],
    });
    fill(model);
    const files = Object.entries(filesOf(await artifactsOf(model))).map(([name, bytes]) => ({
      ...{ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) },
    }));
    endTfjs();
    const step = await addExtractor(page);
    const zone = step.getByLabel(/files here/);
    await zone.setInputFiles(files.slice(0, 2));
    await expect(
      step.getByText(/names "group1-shard2of2.bin" as a file of its weights/),
    ).toBeVisible();
    await zone.setInputFiles(files);
    const facts = step.getByLabel('The network of this step');
    await expect(facts).toContainText('model.json');
    await expect(facts).toContainText('8 × 8 pixels');
    await expect(facts).toContainText('6 features, from its layer mean');
    await expect(facts).toContainText('from 0 to 255, since it scales levels from 0 to 255 itself');
    await expectAccessible(page);
    await train(page);
    await expectResults(page);
  },
);
