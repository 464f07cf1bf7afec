import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { importCsv } from './journey.ts';

/**
 * Patients, with faults: weights of -999, an e-mail column, a column that is the outcome in other words, one that never
 * varies, and rows that stand twice.
 */
function patients(): Buffer {
  const rows = Array.from({ length: 240 }, (_, row) => {
    const outcome = (row * 7919) % 5 < 2 ? 'ill' : 'well';
    return [
      `person${row}@clinic.example`,
      row % 12 === 5 ? '-999' : (52 + ((row * 37) % 311) / 10).toFixed(1),
      20 + ((row * 53) % 61),
      ['north', 'south', 'east'][(row * 31) % 3],
      outcome === 'ill' ? 'treated' : 'sent home',
      'Bern',
      outcome,
    ].join(',');
  });
  const repeated = rows.slice(20, 32);
  return Buffer.from(
    ['email,weight,age,ward,after,clinic,outcome', ...rows, ...repeated].join('\n') + '\n',
  );
}

async function openAudit(page: Page): Promise<{ datasetId: string; audit: Locator }> {
  const datasetId = await importCsv(page, 'patients.csv', patients());
  await page.goto(`./#/data/${datasetId}?target=outcome`);
  const audit = page.getByRole('region', { name: 'Audit' });
  await expect(finding(audit, /"email" seems to hold e-mail addresses/)).toBeVisible();
  await expect(finding(audit, /"after"/).first()).toBeVisible();
  return { datasetId, audit };
}

function finding(audit: Locator, message: RegExp): Locator {
  return audit.getByRole('listitem').filter({ hasText: message });
}

/** Columns out of view have no layout of their own before they are scrolled to: here they are measured all the same. */
async function expectAccessibleThroughout(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const item of document.querySelectorAll<HTMLElement>('section li')) {
      item.style.contentVisibility = 'visible';
    }
  });
  await expectAccessible(page);
}

async function yaml(page: Page): Promise<string> {
  await page.getByRole('tab', { name: 'YAML' }).click();
  return page.getByRole('textbox', { name: /^The spec as YAML/ }).inputValue();
}

test.describe('the audit', () => {
  test(
    'lists what it found with a word for how much it weighs, the severe first',
    { tag: '@accessible' },
    async ({ page }) => {
      const { audit } = await openAudit(page);
      await expect(audit.getByText(/^\d+ severe, \d+ warnings?/)).toBeVisible();
      await expect(finding(audit, /-999/).first()).toContainText('warning');
      await expect(finding(audit, /repeat/).first()).toBeVisible();
      const marks = await audit.getByText(/^(severe|warning|note)$/).allTextContents();
      const ranks = marks.map((mark) => ['severe', 'warning', 'note'].indexOf(mark.trim()));
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      await expect(page.getByRole('progressbar')).toHaveCount(0);
      await expectAccessibleThroughout(page);

      await audit.getByLabel('Find a column').fill('wei');
      await expect(finding(audit, /"email"/)).toHaveCount(0);
      await expect(finding(audit, /"weight"/).first()).toBeVisible();
      await audit.getByLabel('Find a column').fill('');
      await audit.getByLabel('Severity').selectOption('severe');
      await expect(audit.getByText('warning', { exact: true })).toHaveCount(0);
    },
  );

  test(
    'a row leads to its place in the table, and is marked there',
    { tag: '@long' },
    async ({ page }) => {
      const { audit } = await openAudit(page);
      const links = finding(audit, /-999/).first().getByRole('link');
      await links.nth(1).focus();
      await page.keyboard.press('Enter');
      const rows = page.getByRole('region', { name: 'Rows of patients.csv' });
      await expect(rows).toBeFocused();
      const marked = rows.locator('tr[aria-current=true]');
      await expect(marked.getByRole('rowheader')).toHaveText('18');
      await expect(marked).toContainText('-999');
      await expect(marked).toBeInViewport();
      await expectAccessibleThroughout(page);
      await page.reload();
      await expect(marked.getByRole('rowheader')).toHaveText('18');
    },
  );

  test('a remedy is one press: the setup has it, a reload keeps it, and it can be undone', async ({
    page,
  }) => {
    const { datasetId, audit } = await openAudit(page);
    const code = finding(audit, /-999/).first();
    await code.getByRole('button', { name: 'Read -999 as missing' }).click();
    await expect(code).toContainText('Settled in the setup: Read -999 as missing.');
    await expect(audit.getByText(/; 1 settled/)).toBeVisible();
    // What is found under the new setup leaves the settled finding where it was.
    await expect(audit.getByText('What follows is of an older setup.')).toBeHidden();
    await page.reload();
    await expect(code).toContainText('Settled in the setup: Read -999 as missing.');

    await page.goto(`./#/setup/${datasetId}?target=outcome`);
    await expect(page.getByLabel('Missing in weight')).toHaveValue(/-999/);
    expect(await yaml(page)).toMatch(/weight:\n +missing:\n(?: +- .*\n)*? +- "?-999"?\n/);

    await page.goto(`./#/data/${datasetId}?target=outcome`);
    await code.getByRole('button', { name: 'Undo: Read -999 as missing' }).click();
    await expect(code.getByRole('button', { name: 'Read -999 as missing' })).toBeVisible();
    await page.goto(`./#/setup/${datasetId}?target=outcome`);
    await expect(page.getByLabel('Missing in weight')).toHaveValue('');
  });

  test(
    'far values are cut by a step before all others, which can be taken back',
    { tag: '@long' },
    async ({ page }) => {
      const rows = Array.from({ length: 200 }, (_, row) => {
        const size = row === 70 ? 4000 : (10 + ((row * 37) % 113) / 10).toFixed(1);
        return `${size},${(row * 53) % 61},${(row * 7919) % 5 < 2 ? 'ill' : 'well'}`;
      });
      const csv = Buffer.from(['size,age,outcome', ...rows].join('\n') + '\n');
      const datasetId = await importCsv(page, 'far.csv', csv);
      const [data, setup] = ['data', 'setup'].map((at) => `./#/${at}/${datasetId}?target=outcome`);
      await page.goto(data ?? '');
      const far = finding(page.getByRole('region', { name: 'Audit' }), /"size" has 1 value far/);
      await far.getByRole('button', { name: 'Cut "size" off where the others end' }).click();
      await expect(far).toContainText('Settled in the setup');
      await page.goto(setup ?? '');
      expect(await yaml(page)).toMatch(/steps:\n +- step: clip\n +columns:\n +- size\n/);
      await page.goto(data ?? '');
      await far.getByRole('button', { name: /^Undo: Cut/ }).click();
      await expect(far.getByRole('button', { name: /^Cut "size"/ })).toBeVisible();
      await page.goto(setup ?? '');
      expect(await yaml(page)).not.toContain('step: clip');
    },
  );

  test('what is taken back in the setup is settled no more', async ({ page }) => {
    const { datasetId, audit } = await openAudit(page);
    const leak = finding(audit, /"after"/).first();
    await leak.getByRole('button', { name: 'Leave "after" out of the model' }).click();
    await expect(leak).toContainText('Settled');
    await page.goto(`./#/setup/${datasetId}?target=outcome`);
    await expect(page.getByLabel('Read after as')).toHaveValue('ignore');
    await page.getByLabel('Read after as').selectOption('inferred');
    await page.goto(`./#/data/${datasetId}?target=outcome`);
    await expect(leak.getByRole('button', { name: 'Leave "after" out' })).toBeVisible();
  });

  test(
    'personal data is dropped with a press, or kept with a reason and a name',
    { tag: '@accessible' },
    async ({ page }) => {
      const { datasetId, audit } = await openAudit(page);
      const email = finding(audit, /"email" seems to hold/);
      await email.getByText('Keep “email” as it is, with a reason').click();
      await expect(email).toContainText('with nearest neighbours, all training rows');
      await email.getByRole('button', { name: /^Keep, signed on/ }).click();
      await expect(email.getByText(/^Say why/)).toBeVisible();
      await expect(email.getByLabel('Why the model needs it')).toBeFocused();
      await expectAccessibleThroughout(page);
      await email
        .getByLabel('Why the model needs it')
        .fill('The domain names the referring clinic.');
      await email.getByLabel('Who decides').fill('Dr. A. Okafor');
      await email.getByRole('button', { name: /^Keep, signed on/ }).click();
      await expect(email).toContainText('Settled in the setup: Keep "email" as it is.');
      const today = await page.evaluate(() => {
        const now = new Date();
        const two = (part: number) => String(part).padStart(2, '0');
        return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
      });

      await page.goto(`./#/setup/${datasetId}?target=outcome`);
      await expect(
        page.getByText(`Personal data: kept, says Dr. A. Okafor (${today}): The domain names`),
      ).toBeVisible();
      expect(await yaml(page)).toContain(
        [
          '    personal:',
          '      decision: keep',
          '      reason: The domain names the referring clinic.',
          '      by: Dr. A. Okafor',
          `      at: ${today}`,
        ].join('\n'),
      );

      await page.goto(`./#/data/${datasetId}?target=outcome`);
      await email.getByRole('button', { name: /^Undo/ }).click();
      await email.getByRole('button', { name: 'Leave "email" out of the model' }).click();
      await page.goto(`./#/setup/${datasetId}?target=outcome`);
      expect(await yaml(page)).toContain('decision: drop');
    },
  );

  test(
    'the setup says before training what is severe and not settled',
    { tag: '@long' },
    async ({ page }) => {
      const datasetId = await importCsv(page, 'patients.csv', patients());
      await page.goto(`./#/setup/${datasetId}?target=outcome`);
      const notice = page.getByText('severe findings of the audit are not settled.');
      await expect(notice).toBeVisible();
      await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
      await expectAccessibleThroughout(page);
      await page.getByRole('link', { name: 'See the audit' }).click();
      await expect(page.getByRole('heading', { name: 'Audit' })).toBeFocused();
      const audit = page.getByRole('region', { name: 'Audit' });
      const open = audit
        .getByRole('listitem')
        .filter({ has: page.getByText('severe', { exact: true }) });
      const undecided = open.filter({ hasNotText: 'Settled in the setup' });
      await expect(open.first()).toBeVisible();
      await audit.getByRole('button', { name: 'Leave "after" out of the model' }).first().click();
      await expect(open.filter({ hasText: 'Settled in the setup' })).toHaveCount(1);
      await audit.getByRole('button', { name: 'Drop repeated rows' }).first().click();
      await audit.getByRole('button', { name: 'Leave "email" out of the model' }).click();
      await expect(undecided).toHaveCount(0);
      await page.goto(`./#/setup/${datasetId}?target=outcome`);
      await expect(page.getByRole('button', { name: 'Train' })).toBeEnabled();
      await expect(notice).toBeHidden();
    },
  );

  test(
    'training waits for a decision on personal data, which one press makes',
    { tag: '@accessible' },
    async ({ page }) => {
      const lines = Array.from({ length: 120 }, (_, row) => [
        `praxis${row % 8}@clinic.example`,
        ((row * 37) % 311) / 10,
        row % 3 === 0 ? 'ill' : 'well',
      ]);
      const csv = ['referrer,weight,outcome', ...lines.map((cells) => cells.join(','))].join('\n');
      const datasetId = await importCsv(page, 'referrals.csv', Buffer.from(`${csv}\n`));
      await page.goto(`./#/setup/${datasetId}?target=outcome`);
      await expect(page.getByText('Training waits for a decision on personal data.')).toBeVisible();
      await expect(page.getByText('"referrer" seems to hold e-mail addresses')).toBeVisible();
      const train = page.getByRole('button', { name: 'Train' });
      await expect(train).toBeDisabled();
      await page.setViewportSize({ width: 390, height: 844 });
      const decide = page.getByRole('button', { name: 'Decide on personal data' });
      const leaveOut = page.getByRole('button', { name: 'Leave "referrer" out' });
      await expect(leaveOut).toBeHidden();
      const bar = await page.locator('.bar', { has: train }).boundingBox();
      expect(bar?.height).toBeLessThan(80);
      await decide.press('Enter');
      await expect(leaveOut).toBeVisible();
      await expectAccessible(page);
      const keep = page.getByRole('link', { name: 'Mask, hash or keep in the audit' });
      expect(await keep.getAttribute('href')).toContain('see=audit');
      await leaveOut.click();
      await expect(train).toBeEnabled();
      await expect(page.getByText('Personal data: left out.')).toBeVisible();
      await page.getByRole('button', { name: 'Take back the decision on referrer' }).click();
      await expect(train).toBeDisabled();
      await keep.click();
      const referrer = finding(page.getByRole('region', { name: 'Audit' }), /"referrer" seems/);
      await referrer.getByRole('button', { name: 'Mask "referrer"' }).click();
      await page.goto(`./#/setup/${datasetId}?target=outcome`);
      await expect(train).toBeEnabled();
    },
  );

  test('a clean table says what was looked for', { tag: '@long' }, async ({ page }) => {
    const rows = Array.from({ length: 200 }, (_, row) => {
      const [a, b] = [Math.sin(row * 12.9898) * 43758.5453, Math.sin(row * 78.233) * 12543.123];
      return `${(10 + 5 * (a - Math.floor(a))).toFixed(3)},${(b - Math.floor(b)).toFixed(3)}`;
    });
    await importCsv(page, 'clean.csv', Buffer.from(`height,width\n${rows.join('\n')}\n`));
    const audit = page.getByRole('region', { name: 'Audit' });
    await expect(audit.getByText('Nothing to settle.')).toBeVisible();
    await audit.getByText('What was looked for').click();
    await expect(audit.getByRole('listitem').filter({ hasText: 'Repeated rows' })).toBeVisible();
    await expectAccessibleThroughout(page);
  });

  test(
    'of 200 columns folds what is alike, and can be stopped',
    { tag: '@long' },
    async ({ page }) => {
      const names = Array.from({ length: 200 }, (_, i) => `sensor ${i}`);
      const lines = Array.from({ length: 8_000 }, (_, row) =>
        names
          .map((_, i) => {
            if (i % 2 === 0) return 'same';
            return (row + i) % 7 === 0 ? '' : ((row + 1) * (i + 3) * 7919) % 1009;
          })
          .join(','),
      );
      await importCsv(page, 'wide.csv', Buffer.from(`${names.join(',')}\n${lines.join('\n')}\n`));
      const audit = page.getByRole('region', { name: 'Audit' });
      // Not `click`, which waits until the page is at rest, and by then the audit may be done.
      await audit.getByRole('button', { name: 'Stop the audit' }).dispatchEvent('click');
      await expect(audit.getByText('Stopped before it was done.')).toBeVisible();
      await audit.getByRole('button', { name: 'Audit again' }).click();
      const group = audit.getByText('One value only: 100 findings');
      await expect(group).toBeVisible({ timeout: 60_000 });
      await group.click();
      await expect(finding(audit, /"sensor 198"/).last()).toBeVisible();
      await audit.getByLabel('Find a column').fill('sensor 198');
      await expect(finding(audit, /"sensor 198"/).last()).toBeVisible();
      await expect(finding(audit, /"sensor 0"/)).toHaveCount(0);
    },
  );
});
