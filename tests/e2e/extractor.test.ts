import { extractorFile } from '../support/extractors.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { expectResults, train } from './journey.ts';

test('a network is dropped on a step, tried, trained behind, and deleted', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Open Handwritten digits' }).click();
  await page.getByRole('link', { name: 'Set up training' }).click();
  await page.getByRole('button', { name: 'Remove step 1' }).click();
  await page.getByText('Add a step').first().click();
  await page.getByRole('button', { name: 'Features of a network of your own' }).first().click();
  const heading = page.getByRole('heading', { name: '1 Features of a network of your own' });
  const step = page.getByRole('listitem').filter({ has: heading });
  await expect(step).toContainText('reads features by a network in a file');
  await step.getByLabel('Height').fill('12');
  await step.getByLabel('Width').fill('12');

  const zone = step.getByLabel(/ONNX file here/);
  const give = (name: string, buffer: Buffer) =>
    zone.setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  await give('notes.onnx', Buffer.from('no network'));
  await expect(
    step.getByText('The extractor "notes.onnx" is no readable ONNX model'),
  ).toBeVisible();
  await give('net.onnx', Buffer.from(extractorFile()));
  const facts = step.getByLabel('The network of this step');
  await expect(facts).toContainText('net.onnx');
  await expect(facts).toContainText('12 × 12 pixels');
  await expect(facts).toContainText('4 features, from its layer weights_0');
  await step.getByLabel('Layer').fill('logits');
  await step.getByLabel('Layer').blur();
  await expect(facts).toContainText('5 features, from its layer logits');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Remove convolutional network' }).click();
  await train(page);
  await expectResults(page);

  await page.goto('./#/storage');
  await page.getByRole('button', { name: 'Delete the network net.onnx' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('The network net.onnx was deleted.')).toBeVisible();
  await expect(page.getByRole('list', { name: /^Networks that you brought/ })).toBeHidden();
});
