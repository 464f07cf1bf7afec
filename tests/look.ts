// Walks the whole journey and takes a picture of every page, small and large, light and dark, to be looked at:
// `npm run look`. Pictures go to test-results/look, and the README's to docs.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { ensureBuilt, repository } from '#cli/prepare.mjs';
import { serve } from '#cli/serve.mjs';
import { chromiumLaunch } from './chromium.mjs';

const folder = join(repository, 'test-results', 'look');
const widths = [1280, 390] as const;
const schemes = ['light', 'dark'] as const;
const height = 860;

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await ensureBuilt();
const server = await serve({ directory: join(repository, 'dist') });
const launch = chromiumLaunch();
const camera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
const browser = await chromium.launch({ ...launch, args: [...launch.args, ...camera] });
try {
  await walk(await browser.newPage({ viewport: { width: 1280, height } }), server.url);
} finally {
  await browser.close();
  await server.close();
}
console.log(`The pictures are in ${folder}.`);

async function walk(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name: 'Open Palmer penguins' }).waitFor();
  await picture(page, 'home');
  await page.getByRole('link', { name: 'Capture with the webcam' }).click();
  await page.getByRole('button', { name: 'Turn the camera on' }).click();
  await page.getByLabel('What the camera sees').waitFor();
  await picture(page, 'capture');
  await page.goto(address);
  await page.getByRole('button', { name: 'Open Handwritten digits' }).click();
  await page.getByText('1,797 rows').first().waitFor();
  await picture(page, 'images');
  await page.goto(address);
  await page.getByRole('button', { name: 'Open Palmer penguins' }).click();
  await page.getByRole('img', { name: /^Distribution of body_mass_g/ }).waitFor();
  await picture(page, 'data');
  await page.getByRole('link', { name: 'Contract (open)' }).click();
  await page.getByRole('button', { name: 'Pin all to what the data holds' }).click();
  await picture(page, 'contract');
  await page.getByRole('button', { name: 'Unpin all' }).click();
  await page.getByRole('link', { name: 'Setup (open)' }).click();
  await page.getByRole('button', { name: 'Train' }).waitFor();
  await page.getByLabel('Cross-validation').selectOption('3 folds');
  await page.getByText('Add a candidate').click();
  await page.getByText('Balance classes, own steps').first().click();
  await page.getByText('Add a step').first().click();
  await picture(page, 'setup');
  await page.getByRole('tab', { name: 'YAML' }).click();
  await picture(page, 'setup-yaml');
  await page.getByRole('button', { name: 'Train' }).click();
  await page.getByRole('button', { name: 'Cancel' }).waitFor();
  await page.screenshot({ path: join(folder, 'training.png') });
  await page
    .getByRole('heading', { name: 'Candidates side by side' })
    .waitFor({ timeout: 120_000 });
  await picture(page, 'results');
  await page.screenshot({ path: join(repository, 'docs', 'screenshot.png') });
  await page.getByRole('link', { name: 'Predict with it' }).click();
  await page.getByRole('list', { name: 'Probabilities' }).waitFor();
  await picture(page, 'predict');
  await page.goto(`${address}#/runs`);
  await page.getByRole('list', { name: 'Runs, newest first' }).waitFor();
  await picture(page, 'runs');
  await page.goto(address);
  await page.getByRole('button', { name: 'Nothing leaves' }).click();
  await page.getByText('What the browser enforces').waitFor();
  await picture(page, 'nothing-leaves');
}

/** The page in every look; afterwards it is large and light again. */
async function picture(page: Page, name: string): Promise<void> {
  for (const width of widths) {
    for (const colorScheme of schemes) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(300); // transitions
      const path = join(folder, `${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1280, height });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.waitForTimeout(300);
}
