import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { trainSample } from './journey.ts';

test(
  'a run with a linear model shows its coefficients, by class',
  { tag: '@long' },
  async ({ page }) => {
    await trainSample(page, 'penguins.csv', 'species');
    const section = page.getByRole('region', { name: 'Coefficients', exact: true });
    await expect(section.getByText(/^One unit more of a feature/)).toBeVisible();
    const adelie = section.getByRole('region', {
      name: 'Coefficients of logistic for Adelie, as they are',
    });
    await expect(adelie.getByRole('row').nth(1)).toHaveText(/^\s*intercept\s*-?\d/);
    await section.getByLabel('Class').selectOption('Gentoo');
    await expect(
      section.getByRole('img', { name: /^Coefficients of logistic for Gentoo, per deviation/ }),
    ).toBeVisible();
    await expectAccessible(page);
  },
);
