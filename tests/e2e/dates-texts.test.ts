import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { expectResults, importCsv, train } from './journey.ts';

/** Reviews of a hotel: a day, a time, and words that tell the answer. */
const rows = Array.from({ length: 120 }, (_, i) => {
  const day = new Date(Date.UTC(2023, 0, 1 + 2 * i)).toISOString().slice(0, 10);
  const said = i % 2 === 0 ? 'quiet and very friendly' : 'noisy and rather dirty';
  const text = `Room ${i} was ${said} on the day that we came, number ${i * 7} of our stay.`;
  return `${day},${day}T${String(8 + (i % 12)).padStart(2, '0')}:15:00,"${text}",${i % 2 === 0 ? 'again' : 'never'}`;
});
const csv = ['arrived,written,review,verdict', ...rows].join('\n');

/** From the contract to a prediction, with a look at each page on the way. */
async function walk(page: Page, look: (page: Page) => Promise<void>): Promise<void> {
  const id = await importCsv(page, 'reviews.csv', Buffer.from(csv));
  await page.goto(`./#/contract/${id}?target=verdict`);
  await expect(page.getByText('Any text.')).toBeVisible();
  await expect(page.getByText('Any date.')).toHaveCount(2);
  await look(page);

  await page.goto(`./#/setup/${id}?target=verdict`);
  await expect(page.getByText('2 datetime and 1 text inputs.', { exact: true })).toBeVisible();
  const parts = page.getByRole('group', { name: 'Parts', exact: true });
  await expect(parts.getByLabel('elapsed days')).toBeChecked();
  await parts.getByLabel('is weekend').check();
  await look(page);
  await page.getByRole('tab', { name: 'YAML' }).click();
  const editor = page.getByRole('textbox', { name: /^The spec as YAML/ });
  await expect(editor).toHaveValue(/- is_weekend/);
  await editor.fill((await editor.inputValue()).replace('epochs: 100', 'epochs: 5'));
  await page.getByRole('tab', { name: 'Form' }).click();
  await page.getByLabel('Backend').selectOption('wasm');
  await train(page);
  await expectResults(page);

  await page.getByRole('link', { name: 'Predict with it' }).click();
  const answer = page.locator('p.answer');
  await page.getByLabel('Candidate').selectOption('logistic');
  await page.getByLabel('review').fill('Quiet, and so friendly!\nWe liked it.');
  await expect(answer).toHaveText('again');
  await page.getByLabel('review').fill('Dirty. Noisy.');
  await expect(answer).toHaveText('never');
  await page.getByLabel('arrived').fill('2031-05-01');
  await expect(page.getByText('This is after all training dates')).toBeVisible();
  await page.getByLabel('written').fill('yesterday');
  await expect(
    page.getByText('Row 1, column "written": "yesterday" is not a date.').first(),
  ).toBeVisible();
  await look(page);
}

test('columns of dates and texts go into a model, and a record has fields for both', async ({
  page,
}) => walk(page, () => Promise.resolve()));

test('their fields are accessible', { tag: '@long' }, async ({ page }) =>
  walk(page, expectAccessible),
);
