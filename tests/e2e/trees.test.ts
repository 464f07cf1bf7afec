import { readFileSync } from 'node:fs';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { trainTrees } from './journey.ts';

test(
  'the trees of a run are drawn in words of the columns, open by keyboard, and are there as text',
  { tag: '@long' },
  async ({ page }) => {
    await trainTrees(page);

    const section = page.getByRole('region', { name: 'The trees themselves' });
    await section.getByText('tree', { exact: true }).click();
    const picture = section.getByRole('group', { name: /^Tree, \d+ nodes? drawn/ });
    const root = picture.getByRole('button', {
      name: /^all training rows: Adelie 4\d(\.\d)?%, 206 rows/,
    });
    await expect(root).toHaveAttribute('aria-expanded', 'true');
    await expect(
      picture.getByRole('button', { name: /^(flipper|bill)_length_mm ≤ \d+(\.\d+)?: / }).first(),
    ).toBeVisible();
    await expect(picture.getByText('all training rows', { exact: true })).toBeVisible();
    await root.focus();
    await page.keyboard.press('Enter');
    await expect(picture).toHaveAccessibleName('Tree, 1 node drawn');
    await page.keyboard.press('Enter');
    const closed = picture.getByRole('button', { expanded: false }).first();
    const before = await picture.getAttribute('aria-label');
    await closed.press(' ');
    await expect(picture).not.toHaveAccessibleName(before ?? '');

    await section.getByText('As text', { exact: true }).click();
    await expect(section.getByLabel('Tree, as far as it is open')).toContainText('_length_mm ≤');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      section.getByRole('button', { name: 'The whole tree as text' }).click(),
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toMatch(
      /^\|--- (flipper|bill)_length_mm ≤ /,
    );

    await section.getByText('boosting', { exact: true }).click();
    await section.getByLabel('Class').selectOption('Gentoo');
    await section.getByLabel('Tree', { exact: true }).fill('2');
    await expect(section.getByText('Tree 2 of boosting for Gentoo', { exact: true })).toBeVisible();
    await section.getByLabel('Tree', { exact: true }).fill('0');
    await expect(section.getByText(/There are trees from 1 to/)).toBeVisible();
    await section.getByLabel('Tree', { exact: true }).fill('1');
    await expectAccessible(page);
  },
);
