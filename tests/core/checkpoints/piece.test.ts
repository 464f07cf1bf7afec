import { afterEach, expect, it, vi } from 'vitest';
import { Piece } from '#core/checkpoints/piece.ts';
import { Sitting } from '#core/checkpoints/sitting.ts';
import { MemoryCheckpoints } from '../../support/checkpoints.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** A store that takes some time for all that it keeps. */
class SlowStore extends MemoryCheckpoints {
  override keep(name: string, bytes: Uint8Array): Promise<void> {
    vi.advanceTimersByTime(5);
    return super.keep(name, bytes);
  }
}

async function openPiece(everyMs: number): Promise<Piece> {
  vi.useFakeTimers({ toFake: ['performance'] });
  const sitting = await Sitting.begin({
    checkpoints: new SlowStore(everyMs),
    identity: 'run',
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  return Piece.open(sitting, { candidate: 'network', fold: null });
}

const checkpoint = { position: {}, tensors: [] };

it('a checkpoint is due every two seconds, and at the end of each epoch', async () => {
  const piece = await openPiece(2000);
  expect(piece.due('step')).toBe(false);
  for (const epoch of [1, 2, 3]) {
    vi.advanceTimersByTime(100);
    expect(piece.due('step')).toBe(false);
    expect(piece.due('epoch')).toBe(true);
    await piece.keep(checkpoint, epoch, 100);
  }
  vi.advanceTimersByTime(1999);
  expect(piece.due('step')).toBe(false);
  vi.advanceTimersByTime(1);
  expect(piece.due('step')).toBe(true);
});

it('where epochs are short, keeping takes no more than a tenth of the time', async () => {
  const piece = await openPiece(2000);
  let keptMs = 0;
  let workedMs = 0;
  for (let epoch = 1; epoch <= 1000; epoch += 1) {
    vi.advanceTimersByTime(2);
    workedMs += 2;
    if (!piece.due('epoch')) continue;
    const before = performance.now();
    // The weights' way from the device counts, too.
    vi.advanceTimersByTime(3);
    await piece.keep(checkpoint, epoch, 100);
    keptMs += performance.now() - before;
  }
  const share = keptMs / (keptMs + workedMs);
  expect(share).toBeGreaterThan(0.08);
  expect(share).toBeLessThanOrEqual(0.1 + 13 / 2000);
});

it('however long keeping takes, a checkpoint is due when its time has passed', async () => {
  const piece = await openPiece(40);
  piece.due('epoch');
  vi.advanceTimersByTime(1000);
  await piece.keep(checkpoint, 1, 100);
  vi.advanceTimersByTime(39);
  expect(piece.due('epoch')).toBe(false);
  vi.advanceTimersByTime(1);
  expect(piece.due('epoch')).toBe(true);
});
