import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { repository } from '#cli/prepare.mjs';
import { pngOf } from '../support/images.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { editYaml, expectResults, train } from './journey.ts';

type Files = Readonly<Record<string, Uint8Array | string>>;

/** Writes files below a folder, and chooses it on the welcome page. */
async function chooseFolder(page: Page, folder: string, files: Files): Promise<void> {
  writeFolder(folder, files);
  await page.goto('./');
  await page.getByLabel('The folder').setInputFiles(folder);
}

function writeFolder(folder: string, files: Files): void {
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

/** Drags a folder of the disk onto the middle of the page, as a file manager does. */
async function dropFolder(page: Page, folder: string): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await browser.send('Input.dispatchDragEvent', { type, x: 640, y: 420, data });
  }
}

/** Trains on the sample of digits, and opens the page of predictions. @returns a file of the digit 4 */
async function openPrediction(page: Page): Promise<Uint8Array> {
  await page.goto('./');
  await page.getByRole('button', { name: 'Open Handwritten digits' }).click();
  await page.getByRole('link', { name: 'Set up training' }).click();
  const step = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: '1 Pixels' }) });
  await expect(step.getByLabel('Columns')).toHaveValue('image');
  await editYaml(page, (yaml) => yaml.replace('epochs: 100', 'epochs: 10'));
  await train(page);
  await expectResults(page);
  await page.getByRole('link', { name: 'Predict with it' }).click();
  await expect(page.getByRole('heading', { name: 'Predict label' })).toBeVisible();
  const sample = unzipSync(readFileSync(join(repository, 'public/samples/digits.zip')));
  const [path = ''] = Object.keys(sample).filter((one) => one.startsWith('4/'));
  return sample[path] ?? new Uint8Array(0);
}

/** Turns the digits' training images by up to 90 degrees. */
async function openAugmentation(page: Page): Promise<{ seen: Locator; network: Locator }> {
  await page.goto('./');
  await page.getByRole('button', { name: 'Open Handwritten digits' }).click();
  await page.getByRole('link', { name: 'Set up training' }).click();
  const seen = page.getByRole('figure', { name: 'What training sees' });
  const network = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'Convolutional network' }) });
  await network.getByText('Change parameters').click();
  await expect(seen).toHaveCount(0);
  await network.getByLabel('Rotate').fill('90');
  await expect(seen.getByRole('img')).toHaveCount(24);
  return { seen, network };
}

async function chooseImage(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const file = { name, mimeType: 'image/png', buffer: Buffer.from(bytes) };
  await page.getByLabel('Image file of image').setInputFiles(file);
}

test.describe('an image set', () => {
  test('shows its images by label, and only those in view are fetched', async ({ page }) => {
    await page.goto('./');
    await page.getByRole('button', { name: 'Open Handwritten digits' }).click();
    const images = page.getByRole('region', { name: 'Images', exact: true });
    await expect(images.getByText('1,797 images, each of 8 × 8 pixels.')).toBeVisible();
    const zeros = page.getByRole('region', { name: '0', exact: true });
    await expect(zeros.getByText('178 images, 9.9%')).toBeVisible();
    const first = zeros.getByRole('img', { name: '0/0000.png' });
    await expect(first).toBeVisible();
    await expect
      .poll(() => first.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBe(8);
    const nines = page.getByRole('region', { name: '9', exact: true });
    await expect(nines.getByRole('img')).toHaveCount(0);

    await nines.scrollIntoViewIfNeeded();
    await expect(nines.getByRole('img')).toHaveCount(12);
    await expect(zeros.getByRole('img')).toHaveCount(0);
    await nines.getByRole('button', { name: 'Show 168 more of 9' }).click();
    await expect(nines.getByRole('listitem')).toHaveCount(180);
  });

  test('is accessible', { tag: '@long' }, async ({ page }) => {
    await page.goto('./');
    await page.getByRole('button', { name: 'Open Handwritten digits' }).click();
    await expect(page.getByRole('img', { name: '0/0000.png' })).toBeVisible();
    await expectAccessible(page);
  });

  test(
    'is learned from by its pixels, and a model of it reads an image that is chosen',
    { tag: '@long' },
    async ({ page }) => {
      const digit = await openPrediction(page);
      await expect(
        page.getByText('Choose an image or use the webcam, and the answer stands here.'),
      ).toBeVisible();
      await expect(
        page.getByText('The model sees it in grey, stretched to 8 × 8 pixels.'),
      ).toBeVisible();
      await page.getByRole('button', { name: 'Try one of digits.zip' }).click();
      await expect(page.getByRole('img', { name: /^\d\/\d+\.png$/ })).toBeVisible();
      await expect(page.locator('p.answer')).toHaveText(/^\d$/);
      await chooseImage(page, 'four.png', digit);
      await expect(page.getByRole('img', { name: 'four.png' })).toBeVisible();
      await expect(page.locator('p.answer')).toHaveText('4');
      await chooseImage(page, 'no.png', strToU8('no image'));
      await expect(
        page.getByText(/Row 1, column "image": the image is no image/).first(),
      ).toBeVisible();
      const buffer = Buffer.from(zipSync({ 'new/a.png': digit, 'b.png': digit }));
      await page
        .getByLabel('Drop a zip of images, or choose one')
        .setInputFiles({ name: 'new.zip', mimeType: 'application/zip', buffer });
      await expect(page.getByText('2 rows predicted by')).toBeVisible();
    },
  );

  test('is shown as training sees it, where images are changed by chance', async ({ page }) => {
    const { seen, network } = await openAugmentation(page);
    const [still, turned] = [0, 1].map((at) => seen.locator('canvas').nth(at));
    const pixels = (of: typeof still) =>
      of?.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const first = await pixels(turned);
    expect(first).not.toBe(await pixels(still));
    await network.getByLabel('Mix-up').fill('10');
    await expect.poll(() => pixels(turned)).not.toBe(first);
    // A parameter out of range takes the images away until it is mended.
    await network.getByLabel('Rotate').fill('900');
    await expect(seen).toHaveCount(0);
  });

  test('is shown as training sees it on an accessible page', { tag: '@long' }, async ({ page }) => {
    await openAugmentation(page);
    await expectAccessible(page);
  });

  test('is predicted on an accessible page', { tag: '@long' }, async ({ page }) => {
    const digit = await openPrediction(page);
    await expectAccessible(page);
    await chooseImage(page, 'four.png', digit);
    await expect(page.locator('p.answer')).toBeVisible();
    await expectAccessible(page);
  });

  test('is made of a folder, and its repeated images are found', async ({ page }, info) => {
    await chooseFolder(page, info.outputPath('pets'), {
      'cat/1.png': pngOf(30, 20, 1),
      'cat/2.png': pngOf(40, 20, 2),
      'dog/3.png': pngOf(30, 20, 1),
      'dog/.DS_Store': 'x',
      'notes.txt': 'x',
    });
    await expect(page.getByRole('heading', { level: 1, name: 'pets.zip' })).toBeVisible();
    await expect(
      page.getByText('Files left out that are no images: 1 (pets/notes.txt).'),
    ).toBeVisible();
    await expect(page.getByText('3 images, from 30 × 20 to 40 × 20 pixels.')).toBeVisible();
    await page.getByRole('region', { name: 'dog', exact: true }).scrollIntoViewIfNeeded();
    await expect(page.getByRole('img', { name: 'pets/dog/3.png' })).toBeVisible();
    await expect(
      page.getByText(
        /2 images \(67%\) are byte for byte the same as others that have another "label"/,
      ),
    ).toBeVisible();
  });

  test('is made of a folder that is dropped, with folders in it', async ({ page }, info) => {
    const folder = info.outputPath('birds');
    const many = Array.from({ length: 130 }, (_, i) => [`crow/${i}.png`, pngOf(3, 3, i)] as const);
    writeFolder(folder, { ...Object.fromEntries(many), 'owl/young/1.png': pngOf(3, 3, 200) });
    await page.goto('./');
    await expect(page.getByRole('button', { name: 'Open Handwritten digits' })).toBeVisible();
    await dropFolder(page, folder);
    await expect(page.getByRole('heading', { level: 1, name: 'birds.zip' })).toBeVisible();
    const crows = page.getByRole('region', { name: 'crow', exact: true });
    await expect(crows.getByText('130 images, 99.2%')).toBeVisible();
    await expect(page.getByRole('region', { name: 'owl/young' })).toBeVisible();
  });

  test('with an image that cannot be used is refused', async ({ page }, info) => {
    await chooseFolder(page, info.outputPath('pets'), {
      'cat/1.png': pngOf(30, 20).subarray(0, 60),
      'dog/2.png': pngOf(30, 20),
    });
    await expect(page.getByRole('alert')).toContainText(
      'pets/cat/1.png is cut off: the PNG ends before its image does',
    );
  });
});
