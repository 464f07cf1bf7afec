import { estimatorNamed } from '#core/models/registry.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { restingThreads } from '#core/parallel/resting-threads.ts';
import type { Threads } from '#core/parallel/threads.ts';
import { nodeThreads } from '#engine/node-threads.ts';
import { trainToEnd } from '../../support/training-data.ts';
import type { BenchEntry } from '../entry.ts';
import { draw, higgs, noRowsOf } from './trees.ts';

/**
 * Training by two threads beside one, by the clock: only a machine with two cores free can show what the second one is
 * good for. It was started by the training before, as that of the candidate or fold before starts it.
 */
export const boostingTwoWorkers: BenchEntry = {
  name: 'boosting-two-workers',
  what: '100 iterations of boosting, 31 leaves, binning included, 100,000 × 28, 2 classes, two workers, by the clock',
  peerName: 'the same by one worker',
  unit: 's',
  better: 'less',
  repeats: 5,
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
    return {
      ours: () => seconds(lent[1]),
      peer: () => seconds(lent[0]),
      close: async () => undefined,
    };
  },
};
