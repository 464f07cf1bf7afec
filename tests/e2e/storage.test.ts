import type { BrowserContext, Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { editYaml, endless, importSample, openSetup, train, trainSample } from './journey.ts';

/** Rows in the database that an ordinary tab made when it opened: the tab of a private session begins as one. */
async function rowsInDatabase(context: BrowserContext, address: string): Promise<number> {
  const page = await context.newPage();
  await page.goto(`${address}samples/samples.json`);
  const rows = await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('terrarium');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('it does not open'));
    });
    const counts = [...db.objectStoreNames].map(
      (name) =>
        new Promise<number>((resolve) => {
          const request = db.transaction(name).objectStore(name).count();
          request.onsuccess = () => resolve(request.result);
        }),
    );
    const found = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    db.close();
    return found;
  });
  await page.close();
  return rows;
}

/** All that a browser keeps for an origin, seen from a page of it that runs nothing of Terrarium. */
async function kept(context: BrowserContext, address: string) {
  const page = await context.newPage();
  await page.goto(`${address}samples/samples.json`);
  const found = await whatIsKept(page);
  await page.close();
  return found;
}

async function whatIsKept(page: Page) {
  return page.evaluate(async () => {
    const files: string[] = [];
    const folder = await navigator.storage.getDirectory();
    for await (const name of folder.keys()) files.push(name);
    return {
      databases: (await indexedDB.databases()).map(({ name }) => name),
      localStorage: Object.keys(localStorage),
      sessionStorage: Object.keys(sessionStorage),
      caches: await caches.keys(),
      files,
      cookies: document.cookie,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    };
  });
}

const nothing = {
  databases: [],
  localStorage: [],
  sessionStorage: [],
  caches: [],
  files: [],
  cookies: '',
  workers: 0,
};

async function startPrivateSession(page: Page): Promise<void> {
  await page.goto('./#/storage');
  await page.getByRole('button', { name: 'Start a private session' }).click();
  await expect(page.getByRole('link', { name: 'Private session' })).toBeVisible();
}

test.describe('the page of what is stored', () => {
  test(
    'shows what takes space, asks to keep it, and is accessible',
    { tag: '@accessible' },
    async ({ page }) => {
      await trainSample(page, 'penguins.csv', 'species');
      await page.getByRole('link', { name: 'Storage' }).first().click();
      await expect(page.getByText('that the browser grants are in use')).toBeVisible();
      const list = page.getByRole('list', { name: 'Data sets, the largest first' });
      await expect(list).toContainText('penguins.csv');
      await list.getByText('1 version, 1 run').click();
      await expect(list).toContainText('3 models');
      await page.getByRole('button', { name: 'Ask the browser to keep it' }).click();
      await expect(page.getByRole('status').filter({ hasText: /promise/ })).toBeVisible();
      await expectAccessible(page);
    },
  );

  test(
    'lists what depends on a data set before it is deleted',
    { tag: '@long' },
    async ({ page }) => {
      await trainSample(page, 'penguins.csv', 'species');
      await page.goto('./#/storage');
      await page.getByRole('button', { name: 'Delete penguins.csv' }).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText(/the run penguins.*with its 3 models/);
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Nothing is stored yet' })).toBeVisible();
      await page.goto('./#/runs');
      await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
    },
  );
});

test.describe('erase everything', () => {
  test(
    'leaves nothing, in any tab, and the app begins anew',
    { tag: '@accessible' },
    async ({ page, context, baseURL }) => {
      await trainSample(page, 'penguins.csv', 'species');
      // To light, to dark, and back to the system's.
      for (let i = 0; i < 3; i += 1) await page.getByRole('button', { name: /theme/i }).click();
      // What Terrarium itself does not use yet, an older or newer version may have left.
      await page.evaluate(async () => {
        await caches.open('old');
        const folder = await navigator.storage.getDirectory();
        await folder.getFileHandle('old.bin', { create: true });
        await folder.getDirectoryHandle('old', { create: true });
      });
      const before = await whatIsKept(page);
      expect(before.databases).toEqual(['terrarium']);
      expect(before.localStorage).not.toEqual([]);
      expect(before.sessionStorage).not.toEqual([]);
      expect(before.files).toHaveLength(2);
      const second = await context.newPage();
      await second.goto('./#/runs');
      await expect(second.getByRole('list', { name: 'Runs, newest first' })).toBeVisible();

      await page.goto('./#/storage');
      await page.getByRole('button', { name: 'Erase everything…' }).click();
      await expect(page.getByRole('dialog')).toContainText('1 run and the models they made');
      await page.getByRole('dialog').getByRole('button', { name: 'Erase everything' }).click();
      await expect(page.getByRole('heading', { name: 'Everything is erased' })).toBeVisible();
      await expect(second.getByRole('heading', { name: 'Everything is erased' })).toBeVisible();
      expect(await whatIsKept(page)).toEqual(nothing);
      expect(await whatIsKept(second)).toEqual(nothing);
      expect(await kept(context, baseURL ?? '')).toEqual(nothing);
      // Nothing comes back by itself.
      await page.waitForTimeout(6_000);
      expect(await whatIsKept(page)).toEqual(nothing);
      await expectAccessible(page);

      await page.getByRole('button', { name: 'Begin anew' }).click();
      await expect(page.getByRole('button', { name: 'Open Palmer penguins' })).toBeVisible();
      await expect(page.getByRole('region', { name: 'Your data' })).toBeHidden();
      await page.getByRole('button', { name: 'Open Palmer penguins' }).click();
      await expect(page.getByText('344 rows, 7 columns')).toBeVisible();
    },
  );

  test('is refused while a run trains, in whichever tab', async ({ page, context }) => {
    await openSetup(page, 'penguins.csv', 'species');
    await editYaml(page, endless);
    await train(page);
    await expect(page.getByText(/^training, epoch [\d,]+ of/)).toBeVisible({ timeout: 60_000 });
    const second = await context.newPage();
    await second.goto('./#/storage');
    await second.getByRole('button', { name: 'Erase everything…' }).click();
    await second.getByRole('dialog').getByRole('button', { name: 'Erase everything' }).click();
    await expect(second.getByRole('alert')).toContainText('Nothing was erased: the run');
    await second.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('This run was cancelled.')).toBeVisible();
  });
});

test.describe('a private session', () => {
  test(
    'trains like any other and leaves nothing when its tab is closed',
    { tag: '@accessible' },
    async ({ context, page, baseURL }) => {
      await startPrivateSession(page);
      await expectAccessible(page);
      await trainSample(page, 'penguins.csv', 'species');
      await page.getByRole('button', { name: /theme/i }).click();
      const during = await kept(context, baseURL ?? '');
      expect(during.databases).toEqual([
        'terrarium',
        expect.stringMatching(/^terrarium-private-[0-9a-z]{16}$/),
      ]);
      await page.close();
      await expect
        .poll(() => kept(context, baseURL ?? ''), { timeout: 5_000 })
        .toEqual({ ...nothing, databases: ['terrarium'] });
      expect(await rowsInDatabase(context, baseURL ?? '')).toBe(0);

      const later = await context.newPage();
      await later.goto('./#/runs');
      await expect(later.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
      await expect(later.getByRole('link', { name: 'Private session' })).toBeHidden();
    },
  );

  test('that is reloaded begins anew and is still private', async ({ context, page, baseURL }) => {
    await startPrivateSession(page);
    await importSample(page, 'penguins.csv');
    const [, first] = (await kept(context, baseURL ?? '')).databases;
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await page.getByRole('link', { name: 'Private session' }).click();
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
    await expect(page.getByRole('link', { name: 'Private session' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Nothing is stored yet' })).toBeVisible();
    const { databases } = await kept(context, baseURL ?? '');
    expect(databases).toHaveLength(2);
    expect(databases).not.toContain(first);
  });

  test('whose browser crashed is swept away by whoever opens Terrarium next', async ({
    context,
    page,
    baseURL,
  }) => {
    await startPrivateSession(page);
    await importSample(page, 'penguins.csv');
    const gone = new Promise((resolve) => page.once('crash', resolve));
    void page.goto('chrome://crash').catch(() => undefined);
    await gone;
    expect((await kept(context, baseURL ?? '')).databases).toHaveLength(2);
    const next = await context.newPage();
    await next.goto('./');
    await expect
      .poll(async () => (await kept(context, baseURL ?? '')).databases, { timeout: 5_000 })
      .toEqual(['terrarium']);
  });

  test('is not seen from another tab, and sees nothing of it', async ({ context, page }) => {
    await importSample(page, 'seattle-weather.csv');
    const other = await context.newPage();
    await startPrivateSession(other);
    await importSample(other, 'penguins.csv');
    await other.goto('./#/storage');
    const inside = other.getByRole('list', { name: 'Data sets, the largest first' });
    await expect(inside).toContainText('penguins.csv');
    await expect(inside).not.toContainText('seattle-weather.csv');
    await page.goto('./#/storage');
    const outside = page.getByRole('list', { name: 'Data sets, the largest first' });
    await expect(outside).toContainText('seattle-weather.csv');
    await expect(outside).not.toContainText('penguins.csv');
  });

  test('can be ended, and its tab keeps data again', async ({ page }) => {
    await startPrivateSession(page);
    await importSample(page, 'penguins.csv');
    await page.goto('./#/storage');
    const end = page.getByRole('button', { name: 'End the private session' });
    await end.click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('listitem')).toHaveText(['1 data set']);
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await expect(page.getByRole('link', { name: 'penguins.csv' })).toBeVisible();
    await end.click();
    await dialog.getByRole('button', { name: 'End it and delete' }).click();
    await expect(page.getByRole('link', { name: 'Private session' })).toBeHidden();
    await expect(page.getByRole('region', { name: 'Your data' })).toBeHidden();
  });
});

test('without Web Locks, as on plain http, a private session is not offered, and the page says why', async ({
  page,
}) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
  await page.goto('./#/storage');
  await expect(page.getByText('A private session, which leaves no trace, needs')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start a private session' })).toBeHidden();
});
