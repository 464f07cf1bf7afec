import { openTab } from './test-database.ts';
import Dexie from 'dexie';
import { expect, it } from 'vitest';
import type { TerrariumDatabase } from '#storage/database.ts';

let before: TerrariumDatabase;

it('opens a database in several tabs', async () => {
  before = await openTab();
  const there = await openTab(before.name);
  expect([before.isOpen(), there.isOpen()]).toEqual([true, true]);
});

it('is gone when the test is over, whichever file a worker came to first', async () => {
  expect(before.isOpen()).toBe(false);
  expect(await Dexie.exists(before.name)).toBe(false);
});
