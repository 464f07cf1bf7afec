import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Download, Page } from '@playwright/test';
import { repository } from '#cli/prepare.mjs';
import { expect } from './app.ts';

/** The steps that a person takes from a file to a trained run, for the tests of what comes after. */
export type Sample = 'penguins.csv' | 'seattle-weather.csv';

/** Gives the page a file, by the address that a data set gets. @returns the data set's id */
export async function importSample(page: Page, name: Sample): Promise<string> {
  const buffer = await readFile(join(repository, 'public/samples', name));
  return importCsv(page, name, buffer);
}

export async function importCsv(page: Page, name: string, content: Buffer): Promise<string> {
  await page.goto('./');
  await page
    .getByLabel('Drop a file of data, or choose one')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: content });
  await page.waitForURL(/#\/data\/[^/?]+/);
  return /#\/data\/([^/?]+)/.exec(page.url())?.[1] ?? '';
}

export async function openSetup(page: Page, name: Sample, target: string): Promise<string> {
  const datasetId = await importSample(page, name);
  await page.goto(`./#/setup/${datasetId}?target=${target}`);
  await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
  return datasetId;
}

/** Changes the spec in the YAML editor. */
export async function editYaml(page: Page, edit: (yaml: string) => string): Promise<void> {
  await page.getByRole('tab', { name: 'YAML' }).click();
  const editor = page.getByRole('textbox', { name: /^The spec as YAML/ });
  await editor.fill(edit(await editor.inputValue()));
}

/** So long that a test can look at it, cancel it or close its tab. */
export function endless(yaml: string): string {
  return yaml
    .replace('epochs: 100', 'epochs: 10000')
    .replace('patience: 20', 'patience: 10000')
    .replace(/hidden_units:\n +- 32\n +- 16\n/, 'hidden_units: [512, 256]\n')
    .replace('backend: auto', 'backend: wasm');
}

/** @returns the run's id */
export async function train(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Train' }).click();
  await page.waitForURL(/#\/runs\/.+/);
  return /#\/runs\/(.+)/.exec(page.url())?.[1] ?? '';
}

/** A finished run on the results page. @returns its id */
export async function trainSample(page: Page, name: Sample, target: string): Promise<string> {
  await openSetup(page, name, target);
  await page.getByLabel('Backend').selectOption('wasm');
  const runId = await train(page);
  await expectResults(page);
  return runId;
}

/** The results of a decision tree and a boosting of the penguins. */
export async function trainTrees(page: Page): Promise<void> {
  await openSetup(page, 'penguins.csv', 'species');
  await page.getByText('Add a candidate').click();
  for (const model of ['Decision tree', 'Gradient boosting']) {
    await page.getByRole('button', { name: model }).click();
  }
  for (const name of ['logistic', 'network']) {
    await page.getByRole('button', { name: `Remove ${name}` }).click();
  }
  await train(page);
  await expectResults(page);
}

export async function expectResults(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Candidates side by side' })).toBeVisible({
    timeout: 60_000,
  });
}

/** What a press on a download button gives. */
export async function download(page: Page, name: string | RegExp): Promise<Download> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).first().click(),
  ]);
  return file;
}

export async function bytesOf(file: Download): Promise<Buffer> {
  return readFile(await file.path());
}

/** Puts other code in the place of the worker that trains. */
export async function replaceTrainer(page: Page, code: string): Promise<void> {
  await page.route('**/train.worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: code });
  });
}
