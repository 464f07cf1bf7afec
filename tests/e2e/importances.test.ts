import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { trainTrees } from './journey.ts';

test(
  'a run with trees shows which features each of them uses most',
  { tag: '@long' },
  async ({ page }) => {
    await trainTrees(page);

    const section = page.getByRole('region', { name: 'What the trees look at' });
    await section.getByText('boosting', { exact: true }).click();
    await expect(
      section.getByRole('img', { name: /^Features that boosting uses most/ }),
    ).toBeVisible();
    await section.getByText('tree', { exact: true }).click();
    const chart = section.getByRole('img', { name: /^Features that tree uses most/ });
    await expect(chart).toHaveAccessibleName(/flipper_length_mm \d+\.\d%/);
    await expectAccessible(page);
  },
);
