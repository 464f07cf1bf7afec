import { expect, it } from 'vitest';
import { WorkClock } from '#core/checkpoints/work-clock.ts';

it('counts work and stands still in a pause', () => {
  let now = 1000;
  const clock = new WorkClock(() => now);
  now += 300;
  expect(clock.ms).toBe(300);
  clock.rest();
  now += 5000;
  clock.rest();
  expect(clock.ms).toBe(300);
  clock.goOn();
  now += 50;
  expect(clock.ms).toBe(350);
  clock.goOn();
  expect(clock.ms).toBe(350);
});
