import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { openSetup } from './journey.ts';

const editor = (page: Page) => page.getByRole('textbox', { name: /^The spec as YAML/ });

/** Chooses a file for the editor by the button that a person presses. */
async function choose(page: Page, name: string, content: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open a spec file…' }).click(),
  ]);
  await chooser.setFiles({ name, mimeType: 'text/yaml', buffer: Buffer.from(content) });
}

/** Lets files go over the page, as a file manager does. @returns whether the page took them from the browser */
function drop(page: Page, files: readonly { name: string; content: string }[]): Promise<boolean> {
  return page.evaluate((given) => {
    const dataTransfer = new DataTransfer();
    for (const { name, content } of given) dataTransfer.items.add(new File([content], name));
    const event = { bubbles: true, cancelable: true, dataTransfer };
    const place = document.querySelector('h1') ?? document.body;
    return ['dragover', 'drop'].every((type) => !place.dispatchEvent(new DragEvent(type, event)));
  }, files);
}

test('a spec file fills the editor, and is shown as a pasted text is', async ({ page }) => {
  await openSetup(page, 'penguins.csv', 'species');
  await page.getByRole('tab', { name: 'YAML' }).click();
  const before = await editor(page).inputValue();

  await choose(page, 'clinic.yaml', before.replace('seed: 1', 'seed: 41').replaceAll('\n', '\r\n'));
  await expect(editor(page)).toHaveValue(before.replace('seed: 1', 'seed: 41'));
  await page.getByRole('tab', { name: 'Form' }).click();
  await expect(page.getByLabel('Seed')).toHaveValue('41');
  await page.getByRole('tab', { name: 'YAML' }).click();

  // What does not fit says so at its line, and the text before comes back.
  await choose(page, 'typo.yaml', before.replace('seed: 1', 'sede: 1'));
  await expect(page.getByText(/sede: there is no key "sede" in a spec/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Go to line \d+$/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Train' })).toBeDisabled();
  await page.getByRole('button', { name: 'Undo opening typo.yaml' }).click();
  await expect(editor(page)).toHaveValue(/seed: 41/);
  await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();

  // What is no spec leaves the text as it is.
  const held = await editor(page).inputValue();
  await choose(page, 'run.json', JSON.stringify({ spec: { seed: 1 }, dataset: { rows: 3 } }));
  await expect(page.getByRole('alert')).toContainText('run.json is the record of a run');
  await choose(page, 'model.onnx', '\0\0\0');
  await expect(page.getByRole('alert')).toContainText('model.onnx is no text');
  await choose(page, 'data.csv', 'a,b\n'.repeat(300_000));
  await expect(page.getByRole('alert')).toContainText('data.csv has 1.2 MB');
  expect(await editor(page).inputValue()).toBe(held);

  const one = { name: 'one.yaml', content: before.replace('seed: 1', 'seed: 7') };
  expect(await drop(page, [one, one])).toBe(true);
  await expect(page.getByRole('alert')).toContainText('2 files were dropped');
  expect(await drop(page, [one])).toBe(true);
  await expect(editor(page)).toHaveValue(/seed: 7\n/);
  await expect(page.getByRole('alert')).toBeHidden();
});
