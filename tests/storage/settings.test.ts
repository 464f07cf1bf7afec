import { openTab } from './test-database.ts';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { readSetting, writeSetting, type Setting } from '#storage/settings.ts';

const theme: Setting<'light' | 'dark' | 'system'> = {
  key: 'theme',
  schema: v.picklist(['light', 'dark', 'system']),
  fallback: 'system',
};

it('keeps a setting, with a fallback until it is set', async () => {
  const db = await openTab();
  expect(await readSetting(db, theme)).toBe('system');
  await writeSetting(db, theme, 'dark');
  expect(await readSetting(db, theme)).toBe('dark');
});

it('falls back where another version stored another shape', async () => {
  const db = await openTab();
  await db.settings.put({ key: 'theme', value: { name: 'dark' } });
  expect(await readSetting(db, theme)).toBe('system');
});
