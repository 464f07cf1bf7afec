import { expect, it } from 'vitest';
import type { RunEvent } from '#core/run-events.ts';
import { throttleEpochs } from '#core/throttle-epochs.ts';

function epoch(n: number): RunEvent {
  const candidate = 'network';
  const losses = { trainLoss: 1 / n, validationLoss: null };
  return { type: 'epoch', candidate, epoch: n, epochs: 9, ...losses, elapsedMs: n, etaMs: 0 };
}
const exported: RunEvent = { type: 'stage', candidate: 'network', stage: 'export' };

it('passes epochs on every 60 ms, and always the last one before something else', () => {
  const passed: RunEvent[] = [];
  let nowMs = 0;
  const emit = throttleEpochs(
    (event) => passed.push(event),
    () => nowMs,
  );
  for (const n of [1, 2, 3, 4, 5]) {
    emit(epoch(n)); // one each 25 ms
    nowMs += 25;
  }
  emit(exported);
  expect(passed).toEqual([epoch(1), epoch(4), epoch(5), exported]);
});

it('passes everything of a slow training', () => {
  const passed: RunEvent[] = [];
  let nowMs = 0;
  const emit = throttleEpochs(
    (event) => passed.push(event),
    () => (nowMs += 100),
  );
  const events = [epoch(1), epoch(2), exported, exported];
  events.forEach(emit);
  expect(passed).toEqual(events);
});
