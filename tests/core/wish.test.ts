import { expect, it } from 'vitest';
import { Wish } from '#core/wish.ts';

it('is taken up once, however often it was made before that', () => {
  const wish = new Wish();
  expect(wish.take()).toBe(false);
  wish.make();
  wish.make();
  expect(wish.take()).toBe(true);
  expect(wish.take()).toBe(false);
  wish.make();
  expect(wish.take()).toBe(true);
});
