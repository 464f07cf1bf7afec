import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { mlp } from '#core/models/networks/mlp.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { gpuBackend } from '#engine/wgsl/gpu-backend.ts';
import { drawTraining, trainToEnd } from '../support/training-data.ts';
import { startOf, takeSteps, type NetworkCase } from './network-case.ts';

/** Dispatches that a step of fully connected layers takes. */
const OF_STEP = 2;

/** 64 steps an epoch. */
const one: NetworkCase = {
  ...{ rows: 256, width: 7, classes: 3 },
  parameters: { hidden_units: [9, 5], batch_size: 4 },
};

interface Clock {
  /** Milliseconds that a step takes the GPU. */
  readonly ms: number;
  /** Whether this thread hears at once of what ended one after the other, as a busy one does. */
  readonly together?: boolean;
}

/** What the GPU is handed, on a clock of its own. */
function watchSubmits({ ms, together = false }: Clock): {
  readonly steps: () => number[];
  readonly reads: () => number;
} {
  let now = 0;
  let dispatched = 0;
  let underWay = 0;
  const steps: number[] = [];
  const dispatch: GPUComputePassEncoder['dispatchWorkgroups'] = Reflect.get(
    GPUComputePassEncoder.prototype,
    'dispatchWorkgroups',
  );
  const submit: GPUQueue['submit'] = Reflect.get(GPUQueue.prototype, 'submit');
  const done: GPUQueue['onSubmittedWorkDone'] = Reflect.get(
    GPUQueue.prototype,
    'onSubmittedWorkDone',
  );
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const encoder = vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
  encoder.mockImplementation(function (this: GPUComputePassEncoder, ...groups) {
    dispatched += 1;
    dispatch.apply(this, groups);
  });
  const queue = vi.spyOn(GPUQueue.prototype, 'submit');
  queue.mockImplementation(function (this: GPUQueue, ...given) {
    // Losses of validation rows take fewer dispatches than a step.
    if (dispatched >= OF_STEP) steps.push(dispatched / OF_STEP);
    underWay += dispatched / OF_STEP;
    dispatched = 0;
    submit.apply(this, given);
  });
  const ending = vi.spyOn(GPUQueue.prototype, 'onSubmittedWorkDone');
  let heard: Promise<unknown> = Promise.resolve();
  ending.mockImplementation(function (this: GPUQueue) {
    const own = underWay;
    underWay = 0;
    const before = heard;
    const ended = done.apply(this).then(async () => {
      if (!together) await before;
      now += ms * own;
      return undefined;
    });
    // Who waits for it looks at the clock before it goes on.
    heard = ended.then(() => new Promise((resolve) => setTimeout(resolve, 0)));
    return ended;
  });
  const copies = vi.spyOn(GPUCommandEncoder.prototype, 'copyBufferToBuffer');
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  return {
    steps: () => steps,
    reads: () => copies.mock.calls.filter(([from]) => from.label === 'losses').length,
  };
}

describe('what the GPU is handed at once', () => {
  it('is a whole epoch where that takes a short time, and its losses are read once', async () => {
    const watch = watchSubmits({ ms: 0.05 });
    const start = startOf(one);
    const network = await gpuBackend.start(start);
    await takeSteps(network, start, { to: 64 });
    const [before, reads] = [watch.steps().length, watch.reads()];
    await takeSteps(network, start, { from: 64, to: 128 });
    expect(watch.steps().slice(before)).toEqual([64]);
    await network.validate();
    expect(watch.reads()).toBe(reads + 1);
    network.free();
  });

  it.each([
    ['eight steps of five milliseconds', { ms: 5 }, 8],
    ['one step that takes half a second', { ms: 500 }, 1],
    ['the same, heard of two at a time', { ms: 5, together: true }, 8],
    ['the one, heard of two at a time', { ms: 500, together: true }, 1],
  ])('is no more than forty milliseconds of work: %s', async (_, clock, most) => {
    const watch = watchSubmits(clock);
    const start = startOf(one);
    const network = await gpuBackend.start(start);
    await takeSteps(network, start, { to: 64 });
    network.free();
    const steps = watch.steps();
    expect(steps.reduce((sum, count) => sum + count, 0)).toBe(64);
    expect(Math.max(...steps)).toBe(most);
  });
});

it('a training reads the losses of its epochs once each, after the first one', async () => {
  const watch = watchSubmits({ ms: 1 });
  const given = { hidden_units: [5], batch_size: 8, epochs: 6 };
  const { model, history } = await trainToEnd(
    trainNetworkOn('webgpu', mlp),
    drawTraining('classification', { seed: 1, rows: 64 }),
    resolveParameters(mlp.parameters, given, 'test'),
  );
  model.dispose();
  expect(history).toHaveLength(6);
  // How long a step takes it does not know yet in the first: one step, four, and the rest.
  expect(watch.reads()).toBe(3 + 5);
});
