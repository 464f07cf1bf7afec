import { expect, test } from './app.ts';
import { expectAccessible } from './accessible.ts';
import { expectResults, importSample, train } from './journey.ts';

test(
  'rows are described by components from the data page on, mapped, and a new row gets its own',
  { tag: '@long' },
  async ({ page }) => {
    test.setTimeout(120_000);
    await importSample(page, 'penguins.csv');
    await page.getByRole('link', { name: 'Describe rows by fewer numbers' }).click();
    await expect(page.getByLabel('Task')).toHaveValue('reduction');
    await expect(page.getByText(/^2 candidates for dimensionality reduction, from/)).toBeVisible();

    await page.getByLabel('Backend').selectOption('wasm');
    await train(page);
    await expectResults(page);
    await expect(
      page.getByText(/^2 components of \d+ features\s+hold\s+\d+% of the/),
    ).toBeVisible();

    // Bars answer to the keyboard: what a component holds, and all up to it.
    const bars = page.getByRole('slider', { name: /^Variance by component of PCA/ });
    await bars.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(bars).toHaveAttribute(
      'aria-valuetext',
      /^Component 2 holds .+ together .+; kept$/,
    );

    // The map is coloured by a column, reads rows, and hides a colour.
    await page.getByLabel('Colour of the rows').selectOption('species');
    await page.getByRole('button', { name: 'Gentoo' }).click();
    await expect(page.getByRole('button', { name: 'Gentoo' })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
    const map = page.getByRole('slider', { name: /^Map of PCA, test rows: \d+ rows/ });
    await map.focus();
    await page.keyboard.press('Home');
    await expect(map).toHaveAttribute(
      'aria-valuetext',
      /^row \d+: component 1 is .+, component 2 is .+; species (Adelie|Chinstrap|Gentoo)$/,
    );
    await expect(page.getByText(/^Component 1 (rises|falls) with/)).toBeVisible();
    await page.getByLabel('Component', { exact: true }).selectOption('1');
    await expect(
      page.getByRole('img', { name: /^What makes up component 2 of PCA/ }),
    ).toBeVisible();
    // From the top: what lies half under the stages of a small page is not there to be pressed.
    await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
    await expectAccessible(page);

    await page.getByRole('link', { name: 'Predict with it' }).click();
    await expect(page.getByRole('heading', { name: 'Find the components' })).toBeVisible();
    const components = page.getByRole('list', { name: 'Components' });
    await expect(components).toContainText('component 2');
    const before = await components.textContent();
    await page.getByLabel('body_mass_g').fill('6300');
    await expect(components).not.toHaveText(before ?? '');
    await page.getByLabel('Drop a file of new rows, or choose one').setInputFiles({
      name: 'new.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex\nAdelie,Biscoe,45,17,200,4200,male\n',
      ),
    });
    await expect(page.getByRole('columnheader', { name: 'Component 2' })).toBeVisible();
    await expect(page.getByRole('columnheader', { name: 'Reconstruction error' })).toBeVisible();
    await expectAccessible(page);
  },
);
