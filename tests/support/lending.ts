import { restingThreads } from '#core/parallel/resting-threads.ts';
import { eagerThreads } from './eager-threads.ts';
import type { Sitting } from './small-networks.ts';

type Train<Trained> = (sitting: Pick<Sitting, 'threads' | 'mayGoOn'>) => Promise<Trained>;

/** So many real threads, which rest between trainings; a training begins when all of them have. */
export function lending(count: number): <Trained>(train: Train<Trained>) => Promise<Trained> {
  const real = eagerThreads(count);
  const threads = restingThreads(real);
  const others = count - 1;
  // Each says when it begins, and when it has left its work.
  let heard = 0;
  return async (train) => {
    const begun = heard + others;
    heard = begun + others;
    const trained = await train({ threads, mayGoOn: () => real.heard(begun) });
    await real.heard(heard);
    return trained;
  };
}
