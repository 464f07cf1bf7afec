import { networkCall, type NetworkMachine } from '#core/kernels/network-kernels.ts';
import { cutCall, cuts, unitsOf, type Cut } from './cuts.ts';
import type { Scratch } from './scratch.ts';

/**
 * A machine whose kernels' calls are shared out among its crew's threads, where they can be and that is worth it. No bit
 * depends on how many threads there are.
 *
 * @param scratch in whose first room products take columns; each thread does so in a lane of its own
 * @param roundMs a call that takes less is left to one thread
 */
export function sharingMachine(
  machine: NetworkMachine,
  scratch: Scratch,
  roundMs: number,
): NetworkMachine {
  const { kernels, crew } = machine;
  if (crew.size === 1) return machine;
  const shared = Object.entries(cuts).map(([name, cutOf]) => {
    // A kernel's own name, cut and arguments, which TypeScript cannot know to belong together.
    const alone: (...values: number[]) => void = kernels[name as keyof typeof cuts];
    const cutBy: (...values: number[]) => Cut = cutOf;
    return [
      name,
      (...values: number[]): void => {
        const cut = cutBy(...values);
        const units = unitsOf(values, cut);
        const lanes = lanesFor(units, units * cut.ns);
        if (lanes < 2) alone(...values);
        else {
          const parts = cutCall(values, cut, lanes, scratch.step);
          crew.run(parts.map((part) => [networkCall(name, part)]));
        }
      },
    ] as const;
  });
  return { ...machine, kernels: { ...kernels, ...Object.fromEntries(shared) } };

  function lanesFor(units: number, ns: number): number {
    const worth = roundMs === 0 ? Infinity : (2 * ns) / (1e6 * roundMs);
    return Math.min(crew.size, units, Math.floor(worth));
  }
}
