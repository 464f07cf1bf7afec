import { estimatorNamed } from '#core/models/registry.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { restingThreads } from '#core/parallel/resting-threads.ts';
import type { Threads } from '#core/parallel/threads.ts';
import { nodeThreads } from '#engine/node-threads.ts';
import { trainToEnd } from '../../support/training-data.ts';
import type { BenchEntry } from '../entry.ts';
import { median } from '../measure.ts';
import { draw, higgs, noRowsOf } from './trees.ts';

/**
 * Training by two threads beside one, by the clock: only a machine with two cores free can show what the second one is
 * good for. It was started by the training before, as that of the candidate or fold before starts it.
 *
 * A core that idled is slow for the first tenths of a second of its next work. Where folds and candidates follow one
 * another that is paid once, and where trainings by one thread stand between, each time: each has its entry.
 */
export const boostingTwoWorkers: readonly BenchEntry[] = [
  entryOf('boosting-two-workers', 'the middle one of ten trainings in a row', 10),
  entryOf('boosting-two-workers-apart', 'in turns with one worker', 1),
];

function entryOf(name: string, how: string, inARow: number): BenchEntry {
  return {
    name,
    what: `100 iterations of boosting, 31 leaves, binning included, 100,000 × 28, 2 classes, two workers, by the clock, ${how}`,
    peerName: 'the same by one worker',
    unit: 's',
    better: 'less',
    repeats: inARow > 1 ? 3 : 5,
    prepare: async () => {
      const data = draw(higgs);
      const { train, parameters } = estimatorNamed('gradient_boosting');
      if (train === undefined) throw new Error('boosting has no trainer');
      const given = resolveParameters(parameters, { patience: 0 }, 'gradient_boosting');
      const lent = [1, 2].map((workers) => restingThreads(nodeThreads(workers)));
      const seconds = async (threads: Threads | undefined): Promise<number> => {
        const start = performance.now();
        const { model } = await trainToEnd(train, data, given, 1, noRowsOf(data), threads);
        model.dispose();
        return (performance.now() - start) / 1000;
      };
      const middle = async (threads: Threads | undefined): Promise<number> => {
        const all: number[] = [];
        while (all.length < inARow) all.push(await seconds(threads));
        return median(all);
      };
      return {
        ours: () => middle(lent[1]),
        peer: () => middle(lent[0]),
        close: async () => undefined,
      };
    },
  };
}
