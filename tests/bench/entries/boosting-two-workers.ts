import { estimatorNamed } from '#core/models/registry.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { nodeThreads } from '#engine/node-threads.ts';
import { trainToEnd } from '../../support/training-data.ts';
import type { BenchEntry } from '../entry.ts';
import { draw, higgs, noRowsOf } from './trees.ts';

/**
 * Training by two threads beside one, by the clock: only a machine with two cores free can show what the second one is
 * good for. Starting it is measured too.
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
    const seconds = async (workers: number): Promise<number> => {
      const start = performance.now();
      const { model } = await trainToEnd(
        train,
        data,
        given,
        1,
        noRowsOf(data),
        nodeThreads(workers),
      );
      model.dispose();
      return (performance.now() - start) / 1000;
    };
    return { ours: () => seconds(2), peer: () => seconds(1), close: async () => undefined };
  },
};
