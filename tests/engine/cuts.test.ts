import { expect, it } from 'vitest';
import { startNetworkMachine, type AllKernels } from '#core/kernels/network-kernels.ts';
import { RandomStream } from '#core/random.ts';
import { cutCall, cuts, unitsOf, type Cut } from '#engine/networks/kernels/cuts.ts';

/** Numbers of each array, and of the room of each lane, which lies behind all arrays. */
const ARRAY = 4096;
const ROOM = 512;
const ARRAYS = 10;
const LANES = 5;

type Calls = { readonly [Name in keyof typeof cuts]: Parameters<AllKernels[Name]> };

/** A call of each kernel that can be cut, by the address of array after array. Their rows and numbers are odd where they may be. */
function callsOf(at: readonly number[], room: number): Required<Calls> {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = at;
  return {
    multiply: [a, 4 * 24, 4, b, c, d, 22, 16, 24, room],
    relu: [a, 1004],
    tanh: [a, 1004],
    reluBack: [a, b, 1004],
    tanhBack: [a, b, 1004],
    scale: [a, 1004, 0.3],
    adam: [a, b, c, d, 1004, 0.01, 0.1, 0.1, 0.001],
    sgd: [a, b, c, 1004, 0.01, 0.1, 0.9, 1],
    add: [a, b, 4 * 1003],
    dropout: [a, b, 23, 21, 4 * 24, 0xfffffff0, 1 << 30, 2],
    normalize: [a, 23, 24, b, c, d],
    scaleColumns: [a, 23, 24, b, c, d],
    normalizeBack: [a, b, 23, 24, c, d, e],
    gruStep: [a, b, c, d, 23, 16, e, f],
    gruStepBack: [a, b, c, d, 23, 16, e],
    gelu: [a, b, 1004],
    geluBack: [a, b, 1004],
    normRows: [a, 23, 24, 1e-5, b, c, d, e, f],
    normRowsBack: [a, 23, 24, b, c, d],
    attendCausal: [a, b, c, d, e, 7, 9, 2, 8],
    attendCausalBack: [a, b, c, d, e, f, g, h, 7, 9, 2, 8, room],
  };
}

it('calls that are cut write the same bits as whole ones, whatever part comes first', async () => {
  const { kernels, memory } = await startNetworkMachine();
  const start = memory.take(4 * ARRAY * ARRAYS);
  const room = memory.take(4 * ROOM * LANES);
  const numbers = memory.float32(start, ARRAY * ARRAYS);
  const random = new RandomStream(1);
  // Of both signs in two arrays; what is squared or rooted lies in others.
  const first = Float32Array.from(numbers, (_, i) => {
    const one = random.normal();
    return i < 2 * ARRAY ? one : Math.abs(one);
  });
  const calls = callsOf(
    Array.from({ length: ARRAYS }, (_, i) => start + 4 * ARRAY * i),
    room,
  );
  expect(new Set(Object.keys(calls))).toEqual(new Set(Object.keys(cuts)));
  for (const name of Object.keys(cuts) as (keyof typeof cuts)[]) {
    // A kernel's own name and arguments, which TypeScript cannot know to belong together.
    const [kernel, values] = [kernels[name], calls[name]] as unknown as [
      (...values: readonly number[]) => void,
      readonly number[],
    ];
    const cutBy: (...values: number[]) => Cut = cuts[name];
    const cut = cutBy(...values);
    numbers.set(first);
    kernel(...values);
    const whole = numbers.slice();
    expect(
      whole.some((one, i) => one !== first[i]),
      name,
    ).toBe(true);
    expect(cut.ns, name).toBeGreaterThan(0);
    for (const lanes of [2, 3, LANES]) {
      numbers.set(first);
      expect(unitsOf(values, cut)).toBeGreaterThanOrEqual(lanes);
      const parts = cutCall(values, cut, lanes, 4 * ROOM);
      for (const part of parts.toReversed()) kernel(...part);
      expect(
        numbers.every((one, i) => Object.is(one, whole[i])),
        `${name} by ${lanes}`,
      ).toBe(true);
    }
  }
});
