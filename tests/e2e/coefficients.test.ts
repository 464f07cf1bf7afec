import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { editYaml, expectResults, importCsv, train, trainSample } from './journey.ts';

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

test(
  'a linear model whose coefficient is beyond any number says why there is none',
  { tag: '@long' },
  async ({ page }) => {
    const lines = Array.from({ length: 90 }, (_, i) => {
      const size = 1 + ((i * 37) % 90) / 30;
      return `${size.toFixed(4)}e-25,${(3 * size + (i % 5) / 50).toFixed(4)}e303`;
    });
    const csv = Buffer.from(`size,value\n${lines.join('\n')}\n`);
    const datasetId = await importCsv(page, 'far.csv', csv);
    await page.goto(`./#/setup/${datasetId}?target=value`);
    await page.getByRole('button', { name: 'Remove network' }).click();
    await page.getByLabel('Backend').selectOption('wasm');
    await editYaml(page, (yaml) =>
      yaml
        .replace(/\nsteps:\n[^]*?\ncandidates:/, '\nsteps: []\ncandidates:')
        .replace('alpha: 1', 'alpha: 0'),
    );
    await train(page);
    await expectResults(page);
    const section = page.getByRole('region', { name: 'Coefficients', exact: true });
    await expect(
      section.getByText(/^None is listed: .* beyond the largest number of 64 bits/),
    ).toBeVisible();
    await expect(section.getByRole('table')).toHaveCount(0);
    await expectAccessible(page);
  },
);
