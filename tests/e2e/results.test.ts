import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import * as v from 'valibot';
import { parseSpec } from '#core/spec/parse-spec.ts';
import { runRecordSchema, type RunRecord } from '#core/spec/run-record.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import {
  bytesOf,
  download,
  editYaml,
  expectResults,
  openSetup,
  train,
  trainSample,
} from './journey.ts';

async function recordOf(page: Page): Promise<RunRecord> {
  const file = await download(page, 'run.json');
  expect(file.suggestedFilename()).toBe('run.json');
  return v.parse(runRecordSchema, JSON.parse((await bytesOf(file)).toString()));
}

test.describe('results', () => {
  test('are accessible, with their tables open', { tag: '@long' }, async ({ page }) => {
    await trainSample(page, 'penguins.csv', 'species');
    for (const summary of await page.getByText('Show as table').all()) await summary.click();
    await page.getByText('Use it from Python', { exact: true }).click();
    await expectAccessible(page);
  });

  test('a candidate that has none says why, once and beside the verdict', async ({ page }) => {
    await openSetup(page, 'penguins.csv', 'species');
    await editYaml(page, (yaml) =>
      yaml.replace('max_memory_mb: 2000', 'max_memory_mb: 0.01').replace('auto', 'wasm'),
    );
    await train(page);
    await expectResults(page);
    const said = page.getByText(/^network has no result: This network needs at least .+ of memory/);
    await expect(said).toBeInViewport();
    await expect(page.getByText(/^Lower .+ or raise max_memory_mb/)).toBeVisible();
    await page.getByRole('heading', { name: 'Where all this comes from' }).scrollIntoViewIfNeeded();
    await expect(said).toHaveCount(1);
  });

  test('penguins: the verdict, every figure with its interval, parity, and where each comes from', async ({
    page,
  }) => {
    await trainSample(page, 'penguins.csv', 'species');
    await expect(page.getByText(/better than the baseline, a real difference/)).toBeVisible();
    const table = page.getByRole('region', { name: 'Candidates on test rows' });
    await expect(table.getByRole('row')).toHaveCount(4);
    const network = table.getByRole('row').filter({ hasText: 'Neural network' });
    await expect(network.getByText(/^\d\.\d+ to \d\.\d+$/)).toHaveCount(4);
    await expect(network).toContainText('passed');

    const macroF1 = network.getByRole('button', { name: /^Macro F1 of network/ });
    await macroF1.click();
    const note = page.getByRole('note').filter({ visible: true });
    await expect(note).toContainText('From the 69 test rows');
    await expect(note).toContainText('exported ONNX graph in onnxruntime');
    await page.keyboard.press('Escape');
    await expect(macroF1).toBeFocused();

    const record = await recordOf(page);
    const best = record.candidates.find(({ name }) => name === record.best);
    const matrix = page.getByRole('region', {
      name: `Confusion of ${record.best ?? ''}, test rows`,
    });
    const cells = await matrix.locator('tbody td:not(.margin)').allTextContents();
    expect(cells.map(Number)).toEqual(best?.confusion?.test.flat());

    await page.getByRole('radio', { name: /^validation/ }).check({ force: true });
    await expect(page.getByRole('region', { name: 'Candidates on validation rows' })).toBeVisible();
    await expect(
      page.getByRole('region', { name: `Confusion of ${record.best ?? ''}, validation rows` }),
    ).toBeVisible();
    await page.getByRole('radio', { name: 'baseline' }).check({ force: true });
    await expect(
      page.getByRole('region', { name: 'Confusion of baseline, validation rows' }),
    ).toBeVisible();
  });

  test('penguins: the downloads are right, and a reload keeps everything', async ({ page }) => {
    await trainSample(page, 'penguins.csv', 'species');
    const record = await recordOf(page);
    expect(record.status).toBe('finished');
    expect(record.dataset.rows).toBe(344);
    expect(record.candidates.every(({ parity }) => parity.passed)).toBe(true);
    const best = record.candidates.find(({ name }) => name === record.best);
    const onnx = await bytesOf(await download(page, 'model.onnx'));
    expect(createHash('sha256').update(onnx).digest('hex')).toBe(best?.onnx.sha256);
    const card = (await bytesOf(await download(page, 'model-card.md'))).toString();
    expect(card).toContain('onnxruntime');
    expect(card).toContain('# penguins: species');
    const spec = (await bytesOf(await download(page, 'spec.yaml'))).toString();
    expect(parseSpec(spec)).toEqual(record.spec);

    await page.reload();
    await expect(page.getByText(/better than the baseline, a real difference/)).toBeVisible();
    expect(await recordOf(page)).toEqual(record);
    const again = await bytesOf(await download(page, 'model.onnx'));
    expect(again.equals(onnx)).toBe(true);
  });

  test(
    'a chart is also a table, an SVG that stands alone, and a CSV',
    { tag: '@long' },
    async ({ page }) => {
      await trainSample(page, 'penguins.csv', 'species');
      const chart = page.getByRole('figure').filter({ hasText: 'Macro F1 on test rows' });
      await chart.getByText('Show as table').click();
      await expect(chart.getByRole('row')).toHaveCount(4);
      const [csv] = await Promise.all([
        page.waitForEvent('download'),
        chart.getByRole('button', { name: /^CSV/ }).click(),
      ]);
      expect(csv.suggestedFilename()).toBe('macro-f1-on-test-rows-with-95-intervals.csv');
      expect((await bytesOf(csv)).toString()).toMatch(/^candidate,Macro F1,"95% interval, low"/);
      const [svg] = await Promise.all([
        page.waitForEvent('download'),
        chart.getByRole('button', { name: /^SVG/ }).click(),
      ]);
      const drawing = (await bytesOf(svg)).toString();
      expect(drawing).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
      expect(drawing).toContain('Macro F1 on test rows, with 95% intervals');
      expect(drawing).not.toContain('var(--');
      expect(drawing).not.toContain('style=');
    },
  );

  test(
    'Seattle weather: a regression has errors in the target’s unit, and residuals',
    { tag: '@long' },
    async ({ page }) => {
      await trainSample(page, 'seattle-weather.csv', 'temp_min');
      await expect(
        page.getByText(/^RMSE \(in units of temp_min\)\s+on\s+292\s+test\s+rows$/),
      ).toBeVisible();
      const table = page.getByRole('region', { name: 'Candidates on test rows' });
      await expect(table.getByRole('columnheader')).toHaveText([
        'Candidate',
        'MAE ↓',
        'RMSE ↓',
        'R² ↑',
        'Parity check',
        'Training',
      ]);
      const plot = page.getByRole('slider', { name: /^Residuals of / });
      await plot.focus();
      await page.keyboard.press('ArrowRight');
      await expect(plot).toHaveAttribute('aria-valuetext', /^actual .+, predicted .+, residual /);
      await expectAccessible(page);
      const record = await recordOf(page);
      expect(record.candidates[0]?.residuals?.test).toHaveLength(292);
    },
  );

  test(
    'runs are listed with their best figure, and can be deleted',
    { tag: '@long' },
    async ({ page }) => {
      const runId = await trainSample(page, 'penguins.csv', 'species');
      await page.goto('./#/runs');
      const row = page.getByRole('listitem').filter({ hasText: 'penguins: species' });
      await expect(row).toContainText('finished');
      await expect(row).toContainText('penguins.csv');
      await expect(row).toContainText(/Macro F1 \d/);
      await expectAccessible(page);
      await row.getByRole('button', { name: /^Delete/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
      await expectAccessible(page);
      await page.goto(`./#/runs/${runId}`);
      await expect(page.getByRole('heading', { name: 'This run is not here' })).toBeVisible();
    },
  );
});
