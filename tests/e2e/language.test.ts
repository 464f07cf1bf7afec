import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { repository } from '#cli/prepare.mjs';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { bytesOf, download, editYaml, expectResults, importCsv, train } from './journey.ts';

/** Sentences that a small model can learn from, eight to a line. */
function sampleLines(sentences: number): string[] {
  const [whos, does, whats] = [
    ['the cat', 'a dog', 'the owl', 'my fish'],
    ['sees', 'likes', 'finds'],
    ['milk', 'the moon', 'a hat', 'old bread', 'you'],
  ] as const;
  const all = Array.from({ length: sentences }, (_, i) => {
    const pick = (words: readonly string[], by: number) =>
      words[(i * by + (i >> 3)) % words.length];
    return `${pick(whos, 3) ?? ''} ${pick(does, 5) ?? ''} ${pick(whats, 7) ?? ''}.`;
  });
  return Array.from({ length: Math.ceil(sentences / 8) }, (_, i) =>
    all.slice(8 * i, 8 * i + 8).join(' '),
  );
}

/** The setup of a language model of lines, small enough to be trained in a moment. */
async function openLanguage(page: Page, lines: readonly string[]): Promise<void> {
  const quoted = lines.map((line) => `"${line.replaceAll('"', '""')}"`);
  await importCsv(page, 'text.csv', Buffer.from(['text', ...quoted, ''].join('\n')));
  await expect(page.getByRole('heading', { name: 'What should be learned?' })).toBeVisible();
  await page.getByRole('link', { name: 'Learn to write' }).click();
  await expect(page.getByLabel('Task')).toHaveValue('language');
}

async function makeSmall(page: Page, epochs: number): Promise<void> {
  await editYaml(page, (yaml) =>
    yaml
      .replace(/width: .*/, "width: '32'")
      .replace(/layers: .*/, 'layers: 1')
      .replace(/heads: .*/, "heads: '2'")
      .replace(/epochs: .*/, `epochs: ${epochs}`)
      .replace(/learning_rate: .*/, 'learning_rate: 0.01')
      .replace(/batch_size: .*/, 'batch_size: 8')
      .replace(/resamples: .*/, 'resamples: 100')
      .replace('backend: auto', 'backend: wasm'),
  );
  await page.getByRole('tab', { name: 'Form' }).click();
}

const written = (page: Page) => page.getByRole('region', { name: 'What was written' });

test(
  'a text is learned from, measured in perplexity, and written on as on the command line',
  { tag: '@long' },
  async ({ page }, testInfo) => {
    await openLanguage(page, sampleLines(160));
    await expect(
      page.getByText(/^3 candidates for language model, from 1 text input\./),
    ).toBeVisible();
    await expect(page.getByLabel('Windows are dealt').getByRole('option')).toHaveText(['By place']);
    await expect(
      page.getByText('In the model’s file: The weights may hold passages'),
    ).toBeVisible();
    await expect(page.getByText(/Add a step|Leave out rows|Keep the shares|Own steps/)).toHaveCount(
      0,
    );
    await page.getByLabel('Characters of a text').selectOption('16');
    await expect(page.getByRole('row', { name: /^Windows 1\d\d · / })).toBeVisible();
    await expectAccessible(page);

    await makeSmall(page, 8);
    await train(page);
    await expectResults(page);
    const table = page.getByRole('region', { name: 'Candidates on test windows' });
    await expect(table.getByRole('columnheader', { name: 'Bits per character ↓' })).toBeVisible();
    await expect(page.getByText(/^transformer is the best candidate$/)).toBeVisible();
    await expect(
      page.getByText(/At each place of the test windows transformer is as uncertain as if/),
    ).toBeVisible();
    await expect(page.getByText(/nats per character/).first()).toBeVisible();
    await expect(page.getByText('Latency of one window')).toBeVisible();
    await expectAccessible(page);
    const card = (await bytesOf(await download(page, 'model-card.md'))).toString();
    expect(card).toContain('may hold passages of the training text');
    const model = testInfo.outputPath('model.onnx');
    await (await download(page, /^model\.onnx/)).saveAs(model);

    await page.getByRole('link', { name: 'Write with it' }).click();
    await expect(page.getByRole('heading', { name: 'Write', exact: true })).toBeVisible();
    await expect(page.getByText(/^Nothing stands before/)).toBeVisible();
    await expect(page.getByRole('list', { name: 'Probabilities' })).toBeVisible();
    await page.getByLabel('Beginning').fill('the owl ');
    await expect(page.getByText(/^Nothing stands before/)).toHaveCount(0);
    await page.getByLabel('Length').fill('120');
    await page.getByLabel('Seed').fill('3');
    await page.getByRole('button', { name: 'Write', exact: true }).click();
    await expect(
      page.getByText('120 characters by transformer, temperature 0.8, seed 3.'),
    ).toBeVisible();
    const text = (await bytesOf(await download(page, 'written.txt'))).toString();
    expect(Array.from(text)).toHaveLength(128);
    await expect(written(page).getByText(text.slice(8))).toBeVisible();
    const call = ['--import', 'tsx', 'src/cli/main.ts', 'write', model, '--prompt', 'the owl '];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...call, '--length', '120', '--seed', '3'],
      { cwd: repository },
    );
    expect(stdout).toBe(`${text}\n`);
    await expectAccessible(page);

    // What cannot be written is said at its field, and what is odd about a beginning before it is used.
    await page.getByLabel('Temperature').fill('9');
    await page.getByRole('button', { name: 'Write', exact: true }).click();
    await expect(
      page.getByText('The temperature must be a number from 0 to 5, and got 9.'),
    ).toBeVisible();
    await expect(page.getByLabel('Temperature')).toHaveAttribute('aria-invalid', 'true');
    await page.getByLabel('Temperature').fill('1');
    await expect(page.getByText(/^The temperature must be/)).toHaveCount(0);
    await page.getByLabel('Beginning').fill('Жук 😀');
    await expect(page.getByText(/^The model does not know “Ж”, “у”, “к” and “😀”/)).toBeVisible();
    await page.getByLabel('Beginning').fill('the cat '.repeat(50));
    await expect(page.getByText(/^Only the last 15 characters are read/)).toBeVisible();

    // Text comes as it is written, and Cancel answers at once and leaves it there.
    await page.getByLabel('Length').fill('10000');
    await page.getByRole('button', { name: 'Write', exact: true }).click();
    const paper = written(page).locator('.written');
    await expect.poll(async () => (await paper.textContent())?.length ?? 0).toBeGreaterThan(500);
    await expect(paper).toHaveAttribute('aria-busy', 'true');
    expect(await cancelled(page)).toBeLessThan(200);
    await expect(page.getByText(/^Stopped after [\d,]+ of 10,000 characters/)).toBeVisible();
    const kept = await paper.textContent();
    await page.getByLabel('Candidate').selectOption('pairs');
    await expect(page.getByText(/^From pairs’s exported/)).toBeVisible();
    expect(await paper.textContent()).toBe(kept);
  },
);

/** Milliseconds on the page from a press on Cancel until it says that the writing has stopped. */
function cancelled(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const button = [...document.querySelectorAll('button')].find(
          ({ textContent }) => textContent.trim() === 'Cancel',
        );
        const start = performance.now();
        const look = () => {
          const text = document.querySelector('main')?.textContent ?? '';
          if (text.includes('Stopped after')) resolve(performance.now() - start);
          else requestAnimationFrame(look);
        };
        button?.click();
        requestAnimationFrame(look);
      }),
  );
}

test(
  'texts with emoji, right to left and of many lines go all the way, by the form alone',
  { tag: '@long' },
  async ({ page }) => {
    test.setTimeout(240_000);
    const lines = Array.from({ length: 150 }, (_, i) => `سلام دنیا 😀 ${i % 10}, "NA"  `);
    await openLanguage(page, lines);
    await page.getByText('Change parameters').last().click();
    await page.getByLabel('Epochs').fill('0');
    await expect(page.getByText(/Epochs|epochs must be an integer from 1/).last()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Train' })).toBeDisabled();
    await page.getByLabel('Epochs').fill('3');
    await page.getByLabel('Backend').selectOption('wasm');
    await page.getByLabel('Cross-validation').selectOption('3 folds');
    await train(page);
    await expectResults(page);
    await expect(page.getByRole('heading', { name: 'Cross-validation' })).toBeVisible();
    await expect(page.getByText(/windows that are not for the test/)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Write with it' }).click();
    await page.getByLabel('Beginning').fill('سلام ');
    await page.getByLabel('Length').fill('60');
    await page.getByRole('button', { name: 'Write', exact: true }).click();
    await expect(page.getByText(/^60 characters by /)).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel('Drop a file of new rows, or choose one').setInputFiles({
      name: 'new.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('text\nسلام\n"zzz"\n'),
    });
    await expect(page.getByText('2 rows predicted by')).toBeVisible();
    await expect(page.getByRole('columnheader', { name: 'Nats per character' })).toBeVisible();
  },
);

test(
  'the form goes from groups to a language model and back, and the contract page writes its schema',
  { tag: '@long' },
  async ({ page }) => {
    const lines = sampleLines(160);
    const csv = ['text,n', ...lines.map((line, i) => `"${line}",${i * 1.5}`), ''].join('\n');
    const id = await importCsv(page, 'text.csv', Buffer.from(csv));
    await page.goto(`./#/setup/${id}?task=clustering`);
    await page.getByLabel('Task').selectOption('language');
    await expect(page.getByLabel('Windows are dealt')).toHaveValue('place');
    await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
    await page.getByLabel('Task').selectOption('clustering');
    await expect(page.getByLabel('Rows are dealt')).toHaveValue('random');
    await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
    await page.goto(`./#/contract/${id}?task=language`);
    await page.getByText('Read it here').click();
    await expect(page.getByText('"const": "language"').first()).toBeVisible();
    await expectAccessible(page);
  },
);
