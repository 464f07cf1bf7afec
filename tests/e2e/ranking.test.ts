import { hotelSearches } from '../support/hotel-searches.ts';
import { expect, test } from './app.ts';
import { expectAccessible } from './accessible.ts';
import { bytesOf, download, expectResults, importCsv, train } from './journey.ts';

test(
  'rows are ranked within their queries, from the task in the setup to a ranked file',
  { tag: '@long' },
  async ({ page }) => {
    test.setTimeout(150_000);
    const dataset = await importCsv(page, 'searches.csv', Buffer.from(hotelSearches(60)));
    await page.goto(`./#/setup/${dataset}?target=grade`);
    await page.getByLabel('Task').selectOption('ranking');
    await expect(page.getByLabel('Query')).toHaveValue('search_id');
    await expect(page.getByLabel('Rows are dealt')).toHaveValue('group');
    await expect(page.getByLabel('Group column')).toHaveValue('search_id');
    await expect(page.getByText(/^3 candidates for grade, from/)).toBeVisible();
    // Another column of queries deals the rows too.
    await page.getByLabel('Query').selectOption('nights');
    await expect(page.getByLabel('Group column')).toHaveValue('nights');
    await page.getByLabel('Query').selectOption('search_id');
    await expectAccessible(page);

    await page.getByLabel('Backend').selectOption('wasm');
    await train(page);
    await expectResults(page);
    await expect(page.getByRole('columnheader', { name: 'NDCG@10 ↑' })).toBeVisible();
    const section = page.getByRole('region', { name: 'How queries are ranked' });
    const table = section.getByRole('region', { name: /^s\d+ as ranked by .+ test rows: NDCG@10/ });
    await expect(table.getByRole('link').first()).toHaveAttribute('href', /&row=\d+$/);
    const before = await table.getByRole('table').innerText();
    await section.getByLabel('search_id').selectOption({ index: 1 });
    expect(await table.getByRole('table').innerText()).not.toBe(before);
    await expectAccessible(page);

    await page.getByRole('link', { name: 'Predict with it' }).click();
    await expect(page.getByRole('heading', { name: 'Rank by grade' })).toBeVisible();
    await expect(page.getByText(/^A score: of the rows of one search_id/)).toBeVisible();
    await page.getByLabel('Drop a file of new rows, or choose one').setInputFiles({
      name: 'new.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'search_id,price,stars,distance_km,kind,nights\nb,400,1,9,flat,2\na,100,4,1,hotel,2\nb,130,5,0.5,hotel,2\n',
      ),
    });
    await expect(page.getByRole('row', { name: /^1 b .* 2$/ })).toBeVisible();
    await expect(page.getByRole('row', { name: /^3 b .* 1$/ })).toBeVisible();
    await expectAccessible(page);
    const csv = (await bytesOf(await download(page, 'predictions.csv'))).toString();
    expect(csv).toMatch(/^search_id,price,stars,distance_km,kind,nights,score,rank\n/);
  },
);
