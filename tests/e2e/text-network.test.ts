import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { expectResults, importCsv, train } from './journey.ts';

test('a network that reads texts asks for the other columns to be left out', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Open State of the Union' }).click();
  await page.getByRole('link', { name: 'Set up training' }).click();
  await page.getByText('Add a candidate').click();
  await page.getByRole('button', { name: 'Text network' }).click();
  const trainButton = page.getByRole('button', { name: 'Train' });
  await expect(trainButton).toBeDisabled();
  await expect(page.getByText(/there are other inputs: year, president\.$/)).toBeVisible();
  await page.getByRole('button', { name: 'Leave them out' }).press('Enter');
  await expect(trainButton).toBeEnabled();
  await expect(page.getByText('1 text input, 2 left out.', { exact: true })).toBeVisible();
});

const rows = Array.from({ length: 120 }, (_, i) => {
  const said = i % 2 === 0 ? 'quiet and very friendly' : 'noisy and rather dirty';
  return `"Room ${i} was ${said} on the day that we came, number ${i * 7} of our stay.",${i % 2 === 0 ? 'again' : 'never'}`;
});

test(
  'a network that reads texts comes with its step, trains, and answers texts as they are',
  { tag: '@long' },
  async ({ page }) => {
    const csv = ['review,verdict', ...rows].join('\n');
    const id = await importCsv(page, 'reviews.csv', Buffer.from(csv));
    await page.goto(`./#/setup/${id}?target=verdict`);
    await page.getByText('Add a candidate').click();
    await page.getByRole('button', { name: 'Text network' }).click();
    const heading = page.getByRole('heading', { name: 'Text network' });
    const added = page.getByRole('listitem').filter({ has: heading });
    await expect(added.getByRole('heading', { name: 'Words in order' })).toBeVisible();
    await added.getByLabel('Most words of a text').fill('0');
    await expect(added.getByText(/must be an integer from 1 to 1024, and got 0/)).toBeVisible();
    await added.getByLabel('Most words of a text').fill('20');
    await added.getByText('Change parameters').first().click();
    await expect(added.getByLabel('Words of a pattern')).toBeHidden();
    await added.getByLabel('Architecture').selectOption('convolution');
    await expect(added.getByLabel('Words of a pattern')).toHaveValue('3');
    await expectAccessible(page);
    await added.getByLabel('Architecture').selectOption('attention');
    await page.getByLabel('Backend').selectOption('wasm');
    await train(page);
    await expectResults(page);

    await page.getByRole('link', { name: 'Predict with it' }).click();
    const answer = page.locator('p.answer');
    await page.getByLabel('Candidate').selectOption('text network');
    await page.getByLabel('review').fill('Quiet, and so friendly!');
    await expect(answer).toHaveText('again');
    await page.getByLabel('review').fill('Dirty. Noisy.');
    await expect(answer).toHaveText('never');
  },
);
