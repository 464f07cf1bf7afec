import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { bytesOf, download } from './journey.ts';

const table = (name: string, text: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});
const january = table('sales-01.csv', 'day,price\n1,10\n2,20\n3,15\n');
const february = table('sales-02.csv', 'price,day\n30,1\n25,2\n');
const march = table('sales-03.csv', 'day,price\n1,35\n');

async function choose(page: Page, ...files: readonly ReturnType<typeof table>[]): Promise<void> {
  await page.getByLabel('Drop a file of data, or choose one').setInputFiles([...files]);
}

test('several files become one data set, the same in any order, and grow by a version', async ({
  page,
}) => {
  await page.goto('./');
  await choose(page, february, january);
  await page.waitForURL(/#\/data\/.+/);
  await expect(page.getByRole('heading', { name: 'sales.zip' })).toBeVisible();
  await expect(page.getByText('5 rows, 2 columns')).toBeVisible();
  await expect(page.getByText('zip of tables from 2 files')).toBeVisible();
  const packed = await bytesOf(await download(page, 'Export'));
  expect(packed.subarray(0, 2).toString()).toBe('PK');

  await page.goto('./');
  await choose(page, january, february);
  await page.waitForURL(/#\/data\/.+/);
  await expect(page.getByRole('status')).toContainText('here already');

  await page
    .getByLabel('The files of a new version of sales.zip')
    .setInputFiles([january, february, march]);
  await expect(page.getByText('6 rows, 2 columns').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Versions' })).toBeVisible();
});

test('files that are no one data set are refused by name and column', async ({ page }) => {
  await page.goto('./');
  await choose(page, january, table('fish.csv', 'day,fins\n1,7\n'));
  const refusal = page.getByRole('alert');
  await expect(refusal).toContainText('has no column "fins", and fish.csv has');
  await choose(page, january, january);
  await expect(refusal).toContainText('both named sales-01.csv');
  await choose(page, january, table('sales-02.csv', ''));
  await expect(refusal).toContainText('sales-02.csv');
  await choose(page, january, february);
  await page.waitForURL(/#\/data\/.+/);
});

test('files dropped beside the zone are taken together', async ({ page }) => {
  const drop = (target: string) =>
    page.evaluate(
      ({ target, texts }) => {
        const data = new DataTransfer();
        for (const [name, text] of texts) data.items.add(new File([text], name));
        const event = new DragEvent('drop', {
          dataTransfer: data,
          bubbles: true,
          cancelable: true,
        });
        document.querySelector(target)?.dispatchEvent(event);
      },
      {
        target,
        texts: [january, february].map(({ name, buffer }) => [name, buffer.toString()] as const),
      },
    );
  await page.goto('./');
  await expect(page.getByLabel('Drop a file of data, or choose one')).toBeEnabled();
  await drop('h1');
  await page.waitForURL(/#\/data\/.+/);
  await expect(page.getByText('5 rows, 2 columns')).toBeVisible();
});
