import { expect, it } from 'vitest';
import { askToPersist, storageSpace } from '#storage/space.ts';

it('is unknown where there is no storage manager, as on plain http', async () => {
  expect(await storageSpace()).toBeNull();
  expect(await askToPersist()).toBe(false);
});
