import { afterEach, expect, it, vi } from 'vitest';
import { Piece } from '#core/checkpoints/piece.ts';
import { Sitting } from '#core/checkpoints/sitting.ts';
import { MemoryCheckpoints } from '../../support/checkpoints.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('a checkpoint is due every two seconds, and at the end of an epoch after a quarter of one', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const sitting = await Sitting.begin({
    checkpoints: new MemoryCheckpoints(2000),
    identity: 'run',
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  const piece = await Piece.open(sitting, { candidate: 'network', fold: null });
  const due = (): boolean[] => [piece.due('step'), piece.due('epoch')];
  expect(due()).toEqual([false, false]);
  vi.advanceTimersByTime(249);
  expect(due()).toEqual([false, false]);
  vi.advanceTimersByTime(1);
  expect(due()).toEqual([false, true]);
  await piece.keep({ position: {}, tensors: [] }, 1, 250);
  expect(due()).toEqual([false, false]);
  vi.advanceTimersByTime(2000);
  expect(due()).toEqual([true, true]);
});
