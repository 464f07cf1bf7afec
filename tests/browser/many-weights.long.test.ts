import { expect, it } from 'vitest';
import { mlp } from '#core/models/networks/mlp.ts';
import { trainingOf } from '#core/networks/training.ts';
import { Breather } from '#core/breather.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { CLOCK_BYTES, DeviceClock } from '#engine/device-clock.ts';
import { Gpu } from '#engine/wgsl/gpu.ts';
import { compilePasses } from '#engine/wgsl/pass.ts';
import {
  packSpans,
  updateGroups,
  updatePass,
  updateWorkgroups,
} from '#engine/wgsl/shaders/update-pass.ts';
import { STEP_STRIDE } from '#engine/wgsl/steps.ts';
import { MOST_STEPS, Submits } from '#engine/wgsl/submits.ts';

/** More than a row of workgroups has, so that the second row has more groups than there are weights for. */
const LENGTH = 65_535 * 64 + 65;

it('groups beyond the last of seventeen million weights leave its gradient in the length of all', async () => {
  const settings = trainingOf(resolveParameters(mlp.parameters, { clip_norm: 1 }, 'test'));
  const ends = { at: 0, length: LENGTH, gradients: 0, partStep: LENGTH, parts: 1 };
  const spans = [{ ...ends, penalized: false }];
  const table = packSpans(spans);
  const groups = updateGroups(LENGTH);
  const gpu = await Gpu.open();
  const bytes = {
    ...{ weights: 16, moments: 16, gradients: 16 * LENGTH, squares: 4 * groups },
    ...{ layers: table.byteLength, steps: MOST_STEPS * STEP_STRIDE, times: CLOCK_BYTES },
  };
  const buffers = await gpu.allocate(bytes, Infinity);
  const { weights, moments, gradients, squares, layers, steps, times } = buffers;
  gpu.write(layers, 0, table);
  gpu.write(gradients, 16 * (LENGTH - 1), Float32Array.of(3, 0, 0, -4));
  const { gather } = await compilePasses(gpu, updatePass(LENGTH, spans, settings), ['gather'], {
    ...{ steps, layers, read: [] },
    written: [weights, moments, gradients, squares],
  });
  const clock = new DeviceClock(gpu.device, times);
  const all = updateWorkgroups(LENGTH);
  expect(all).toEqual([65_535, 2]);
  const step = { first: 0, rows: 1, number: 0, losses: 0, rate: 1, firstTotal: 1, secondTotal: 1 };
  const submits = new Submits(gpu, clock, steps, [{ pass: gather, workgroups: () => all }]);
  await submits.run([step], new Breather());
  const found = new Float32Array(await gpu.read(squares, 0, 4 * groups));
  expect(found.at(-1)).toBe(25);
  expect(found.reduce((sum, one) => sum + one, 0)).toBe(25);
  clock.free();
  gpu.free();
});
