import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';

const letter = [
  'Dear Ann, it rained again.',
  '',
  '  We stayed inside, and read;',
  'write to bob@example.org.',
  '',
].join('\n');

async function pasteInto(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Paste a text or cells…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Paste a text or cells' });
  await dialog.getByLabel('Text, CSV, or cells of a spreadsheet').fill(text);
  await dialog.getByRole('button', { name: 'Read it' }).click();
}

/** As Ctrl+V does where no field has the focus. */
async function pasteOn(page: Page, text: string): Promise<void> {
  // The page listens once it is there.
  await expect(page.getByRole('button', { name: 'Paste a text or cells…' })).toBeVisible();
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const init = { clipboardData, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new ClipboardEvent('paste', init));
  }, text);
}

test(
  'a pasted text is a data set of its lines, read as a table where one says so',
  { tag: '@accessible' },
  async ({ page }) => {
    await page.goto('./');
    await page.getByRole('button', { name: 'Paste a text or cells…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Paste a text or cells' });
    await dialog.getByRole('button', { name: 'Read it' }).click();
    await expect(
      dialog.getByText('There is nothing to read: paste something first.'),
    ).toBeVisible();
    const area = dialog.getByLabel('Text, CSV, or cells of a spreadsheet');
    await expect(area).toBeFocused();
    await expectAccessible(page);
    await area.fill(letter);
    await dialog.getByRole('button', { name: 'Read it' }).click();

    const name = 'Dear Ann it rained again We.txt';
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(page.getByText('4 lines, 84 B, plain text')).toBeVisible();
    const lines = page.getByRole('region', { name: `Lines of ${name}` });
    await expect(lines.getByRole('cell', { name: 'We stayed inside, and read;' })).toBeVisible();
    const column = page.getByRole('region', { name: 'Columns' }).getByRole('listitem').first();
    await expect(column).toContainText('83 characters in 4 lines, of which 1 is blank');
    const audit = page.getByRole('region', { name: 'Audit' });
    await expect(audit).toContainText('seems to hold e-mail addresses: 1 value of 3 values');
    await expect(audit.getByText('Missing values')).toBeHidden();
    await audit.getByText('Keep “text” as it is, with a reason').click();
    await audit.getByLabel('Why the model needs it').fill('Bob agreed.');
    await audit.getByLabel('Who decides').fill('Ann');
    await audit.getByRole('button', { name: /^Keep, signed on/ }).click();
    await expect(audit).toContainText('Settled in the setup: Keep "text" as it is.');
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Read it differently…' }).click();
    const reading = page.getByRole('dialog', { name: `How ${name} is read` });
    await expect(reading.getByLabel('Between columns stand')).toBeHidden();
    await reading.getByLabel('The file is').selectOption('csv');
    await expect(reading.getByLabel('Between columns stand')).toBeVisible();
    await reading.getByLabel('Between columns stand').selectOption(';');
    await reading.getByRole('button', { name: 'Read it so' }).click();
    await expect(reading.getByRole('alert')).toContainText('Line 3 has 2 fields');
    await reading.getByLabel('Between columns stand').selectOption('|');
    await reading.getByRole('button', { name: 'Read it so' }).click();
    await expect(reading).toBeHidden();
    await expect(page.getByText('2 rows, 1 column')).toBeVisible();
  },
);

test('pasted cells are a table, and the same ones are one data set', async ({ page }) => {
  await page.goto('./');
  const cells = 'town\train\nLima\t3\nOslo\t61\nRome\t20';
  await pasteOn(page, cells);
  const heading = page.getByRole('heading', { level: 1, name: 'town rain Lima 3 Oslo 61.txt' });
  await expect(heading).toBeVisible();
  await expect(page.getByText('3 rows, 2 columns')).toBeVisible();
  await expect(page.getByText('separated by tabs')).toBeVisible();
  await page.goto('./');
  await pasteInto(page, cells.replaceAll('\n', '\r\n'));
  await expect(page.getByRole('status')).toHaveText('This file is here already: the same bytes.');
  await expect(heading).toBeVisible();
});

test('the sample of a text opens as one', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Open Moby-Dick' }).click();
  await expect(page.getByText('1,698 lines')).toBeVisible();
  await expect(page.getByText('Nothing to settle.')).toBeVisible();
});
