import { expect, test } from 'vitest';
import { repository } from '#cli/prepare.mjs';
import { checkHouse } from './architecture/check-house.ts';

test('src and workers keep the rules of the house', () => {
  expect(checkHouse(repository)).toEqual([]);
}, 120_000);
