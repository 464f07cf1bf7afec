import { describe, expect, it } from 'vitest';
import type { RunEvent } from '#core/run-events.ts';
import { progressPrinter } from '#cli/progress.ts';

type Told<Kind extends RunEvent['type']> = Extract<RunEvent, { type: Kind }>;

const plain: Told<'epoch'> = {
  ...{ type: 'epoch', candidate: 'network', epoch: 12, epochs: 100 },
  ...{ trainLoss: 0.52351, validationLoss: null, elapsedMs: 400, etaMs: 2400 },
};
const epoch: Told<'epoch'> = {
  ...plain,
  ...{ validationLoss: 0.61, validationScore: 0.875, learningRate: 0.0049999 },
};
const pulse: Told<'pulse'> = {
  ...{ type: 'pulse', candidate: 'network', step: 40, steps: 900, rowsPerSecond: 12_345.6 },
  memory: { of: 'kernels', bytes: 3_211_264, peakBytes: 4e6 },
  ...{ elapsedMs: 300, etaMs: 3100 },
};

/** What stands on the terminal's last line after each event. */
function shown(events: readonly RunEvent[], columns = 200, isTTY = true): string[] {
  const lines: string[] = [];
  const write = (text: string): boolean => {
    lines.push(text.replace('\r\x1b[K', ''));
    return true;
  };
  const hear = progressPrinter({ isTTY, columns, write }, 'classification');
  for (const event of events) hear(event);
  return lines;
}

describe('the line of a training', () => {
  it('has its losses, the time left, and of a network its score, rate, pace and memory', () => {
    expect(shown([pulse, epoch, { ...pulse, etaMs: 900 }])).toEqual([
      'network: step 40 of at most 900, 4 s left at most, 12,346 rows/s, 3.21 MB',
      'network: epoch 12 of at most 100, loss 0.5235 (validation 0.6100), 3 s left at most, accuracy 0.8750, rate 0.005, 12,346 rows/s, 3.21 MB',
      'network: epoch 12 of at most 100, loss 0.5235 (validation 0.6100), 1 s left at most, accuracy 0.8750, rate 0.005, 12,346 rows/s, 3.21 MB',
    ]);
  });

  it('says nothing that a model does not tell', () => {
    expect(shown([plain])).toEqual([
      'network: epoch 12 of at most 100, loss 0.5235, 3 s left at most',
    ]);
    expect(shown([{ ...epoch, validationScore: null }])[0]).not.toContain('accuracy');
  });

  it('begins anew with another stage, and names the fold', () => {
    const fold: RunEvent = {
      ...{ type: 'fold', candidate: 'network', fold: 2, folds: 5, done: 0.3 },
      ...{ epoch: null, etaMs: 5000 },
    };
    expect(
      shown([
        epoch,
        pulse,
        { type: 'stage', candidate: 'network', stage: 'folds' },
        fold,
        { ...fold, epoch },
      ]).slice(2),
    ).toEqual([
      'network: fold 2 of 5, 5 s left at most',
      'network: fold 2 of 5, loss 0.5235 (validation 0.6100), 5 s left at most, accuracy 0.8750, rate 0.005',
    ]);
  });

  it('is never wider than the terminal, where it could not be written over, and is none in a file', () => {
    expect(shown([epoch], 40)).toEqual(['network: epoch 12 of at most 100, loss ']);
    expect(shown([epoch], 0)[0]).toContain('rate 0.005');
    expect(shown([epoch, pulse], 80, false)).toEqual([]);
  });
});
