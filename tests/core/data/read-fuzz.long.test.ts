import { expect, it } from 'vitest';
import { surviveMany } from './read-mutations.ts';

it('ten thousand spoilt files are read or refused: no crash, no hang, no sealed value changed', async () => {
  const { read, refused } = await surviveMany(10_000, 1_000_000);
  expect(read + refused).toBeGreaterThanOrEqual(10_000);
  expect(read).toBeGreaterThan(500);
}, 1_200_000);
