import { expect, it } from 'vitest';
import { pixelHashes } from '../support/pixel-hashes.ts';

it('a browser decodes images to the bits that Node does', async () => {
  const { wanted, found } = await pixelHashes();
  expect(found).toEqual(wanted);
});
