// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { expect, it, vi } from 'vitest';
import { KernelMemory } from '#core/kernels/kernel-memory.ts';
import { weightsSha256 } from '#core/run/weights-hash.ts';
import { smallNetworks, trainSmall, type SmallNetwork } from '../support/small-networks.ts';

const PAGE = 65_536;
/** As much as a kernel's memory ever is. */
const MOST_BYTES = 65_535 * PAGE;

/** Where each memory of a training ends, in the order in which they are made. */
type Ends = readonly number[];

/**
 * Trains with memories of which the first bytes are taken beforehand, as many as are said for each, up to the end of the
 * test.
 */
async function trainBehind(
  one: SmallNetwork,
  taken: readonly number[],
): Promise<{ readonly bits: string; readonly ends: Ends }> {
  const take: KernelMemory['take'] = Reflect.get(KernelMemory.prototype, 'take');
  const memories = new Map<KernelMemory, number>();
  const taking = vi.spyOn(KernelMemory.prototype, 'take').mockImplementation(function (
    this: KernelMemory,
    bytes,
  ) {
    if (!memories.has(this)) take.call(this, taken[memories.size] ?? 0);
    const at = take.call(this, bytes);
    memories.set(this, Math.ceil((at + bytes) / 16) * 16);
    return at;
  });
  try {
    const parameters = { ...one.parameters, max_memory_mb: 0 };
    const { model } = await trainSmall('wasm', { ...one, parameters });
    return { bits: await weightsSha256(model.weights), ends: [...memories.values()] };
  } finally {
    taking.mockRestore();
  }
}

it.each(smallNetworks)(
  'has the same bits where its memory ends with the last that there is: $title',
  async (one) => {
    const near = await trainBehind(one, []);
    const far = await trainBehind(
      one,
      near.ends.map((end) => MOST_BYTES - end),
    );
    expect(far.ends).toEqual(near.ends.map(() => MOST_BYTES));
    expect(far.bits).toBe(near.bits);
  },
);

it('there is no more than that, and who wants more hears so', () => {
  const memory = new KernelMemory();
  memory.take(MOST_BYTES - 32);
  expect(memory.take(16) + 16).toBe(MOST_BYTES);
  expect(() => memory.take(1)).toThrow('More than 4294 MB of working memory are needed');
});
