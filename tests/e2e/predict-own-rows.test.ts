import type { Page } from '@playwright/test';
import { DATABASE_NAME } from '#storage/database.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { bytesOf, download, expectResults, train } from './journey.ts';

/** Two kinds of plants, with decimal commas. */
function plants(rows: number, between: string): Buffer {
  const lines = Array.from({ length: rows }, (_, i) =>
    i % 2 === 0 ? [`p${i}`, `${1 + (i % 7)},5`, 'red'] : [`p${i}`, `${90 + (i % 5)},5`, 'green'],
  );
  const all = [['plant', 'height', 'colour'], ...lines].map((cells) => cells.join(between));
  return Buffer.from(`${all.join('\n')}\n`);
}

/** Takes a data set away behind the page's back, so that it cannot have heard of it. */
function takeAway(page: Page, datasetId: string): Promise<void> {
  return page.evaluate(
    async ([name, id]) => {
      const done = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(new Error(String(request.error)));
        });
      const database = await done(indexedDB.open(name));
      await done(database.transaction('datasets', 'readwrite').objectStore('datasets').delete(id));
      database.close();
    },
    [DATABASE_NAME, datasetId] as const,
  );
}

test(
  'every row of the version that was clustered gets its cluster, read as the run read it',
  { tag: '@long' },
  async ({ page }) => {
    test.setTimeout(120_000);
    await page.goto('./');
    await page
      .getByLabel('Drop a file of data, or choose one')
      // Parted by a sign that is not looked for.
      .setInputFiles({ name: 'plants.csv', mimeType: 'text/csv', buffer: plants(80, '~') });
    await page.getByRole('button', { name: 'Set how it is read…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Between columns stand').selectOption('Another character');
    await dialog.getByLabel('The character between columns').fill('~');
    await dialog.getByRole('button', { name: 'Read it so' }).click();
    await page.waitForURL(/#\/data\/[^/?]+/);
    const datasetId = /#\/data\/([^/?]+)/.exec(page.url())?.[1] ?? '';
    await page.goto(`./#/setup/${datasetId}?task=clustering`);
    await page.getByLabel('Backend').selectOption('cpu');
    await train(page);
    await expectResults(page);
    await page.getByRole('link', { name: 'Predict with it' }).click();
    await expect(page.getByRole('heading', { name: 'Find the cluster' })).toBeVisible();

    // One row: its example is written as the data is, and so is what one types.
    const height = page.getByLabel('height');
    const answer = page.locator('p.answer');
    await expect(height).toHaveValue(/^\d+,5$/);
    await expect(page.getByText(/^Training range \d,5 to 94,5\.$/)).toBeVisible();
    await expect(answer).toHaveText(/^cluster \d$/);
    await height.fill('91.5');
    await expect(page.getByText('"91.5" is not a number.', { exact: true })).toBeVisible();
    await expect(page.getByText('as in the data: write 91,5.')).toBeVisible();
    await expect(height).toHaveAttribute('aria-invalid', 'true');
    await expectAccessible(page);
    await height.fill('91,5');
    await expect(answer).toHaveText(/^cluster \d$/);
    await expect(page.getByRole('alert')).toHaveCount(0);

    // Another tab brings a newer version, which the run was not made of.
    const other = await page.context().newPage();
    await other.goto(`./#/data/${datasetId}`);
    await other
      .getByLabel('The files of a new version of plants.csv')
      .setInputFiles({ name: 'plants.csv', mimeType: 'text/csv', buffer: plants(90, ';') });
    await expect(other.getByText('Version 2, shown here')).toBeVisible();
    await other.close();
    const many = page.getByRole('region', { name: 'Many rows' });
    const predict = many.getByRole('button', {
      name: 'Predict the rows of plants.csv, version 1',
    });
    await predict.click();
    await expect(page.getByText('80 rows predicted by')).toBeVisible();
    await expect(page.getByRole('row', { name: /^1 cluster \d/ })).toBeVisible();
    await expectAccessible(page);
    const csv = (await bytesOf(await download(page, 'predictions.csv'))).toString();
    const [head = '', ...lines] = csv.trimEnd().split('\n');
    expect(head).toMatch(/^plant,height,colour,predicted_cluster,/);
    const clusters = (colour: string) =>
      new Set(lines.flatMap((line) => (line.includes(colour) ? line.match(/cluster \d+/) : [])));
    expect(lines).toHaveLength(80);
    const [red, green] = [clusters('red'), clusters('green')];
    expect([...red].filter((one) => green.has(one))).toEqual([]);

    await takeAway(page, datasetId);
    await predict.click();
    await expect(many.getByRole('alert')).toContainText(`There is no data set ${datasetId}`);
    await page.reload();
    await expect(page.getByText('is no longer in this browser')).toBeVisible();
    await expect(predict).toHaveCount(0);
  },
);
