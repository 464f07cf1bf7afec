import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { expectResults, openSetup, train } from './journey.ts';

test(
  'tomorrow is forecast from the last rows, from the form to a file of them',
  { tag: '@long' },
  async ({ page }) => {
    test.setTimeout(150_000);
    await openSetup(page, 'seattle-weather.csv', 'temp_max');
    await page.getByLabel('Column of times').selectOption('date');
    await expect(
      page.getByText('A forecast looks back on the last 7 rows of a series.'),
    ).toBeVisible();
    await page.getByLabel('Season').fill('1');
    await expect(page.getByText(/forecast\.season must be at least 2/).first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Train' })).toBeDisabled();
    await page.getByLabel('Season').fill('14');
    await expect(
      page.getByText('A forecast looks back on the last 14 rows of a series.'),
    ).toBeVisible();
    await page.getByText('Add a candidate').click();
    await page.getByRole('button', { name: 'Seasonal naive' }).click();
    await page.getByRole('button', { name: 'Remove network' }).click();
    await page.getByLabel('Primary metric').selectOption('mase');
    await expectAccessible(page);

    await page.getByLabel('Backend').selectOption('cpu');
    await train(page);
    await expectResults(page);
    await expect(page.getByRole('group', { name: /^Forecasts of .+, test rows$/ })).toBeVisible();
    const reader = page.getByRole('slider', { name: 'Read actual and forecast at a time' });
    await reader.focus();
    await reader.press('End');
    await expect(reader).toHaveAttribute(
      'aria-valuetext',
      /^2015-12-31: actual 5\.60, forecast \d/,
    );
    await expectAccessible(page);

    await page.getByRole('link', { name: 'Predict with it' }).click();
    await expect(page.getByText(/^Give a file with the last 14 rows or more/)).toBeVisible();
    await page.getByRole('button', { name: 'Forecast from seattle-weather.csv' }).click();
    await expect(page.getByRole('row', { name: /^2015-12-31 2016-01-01 \d/ })).toBeVisible();
    const days = Array.from(
      { length: 14 },
      (_, i) => `2016-01-${String(31 - i)},8,${5 + (i % 3)},1,0`,
    );
    const files = page.getByLabel('Drop a file of new rows, or choose one');
    const file = (rows: readonly string[]) => ({
      name: 'last.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['date,temp_max,temp_min,wind,precipitation', ...rows, ''].join('\n')),
    });
    await files.setInputFiles(file(days.slice(3)));
    await expect(
      page.getByText('The data has 11 rows, and the model forecasts 1 ahead'),
    ).toBeVisible();
    await files.setInputFiles(file(days));
    await expect(page.getByRole('row', { name: /^2016-01-31 2016-02-01 \d/ })).toBeVisible();
    await expectAccessible(page);
  },
);
