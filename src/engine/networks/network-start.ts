import type { TrainingInput } from '#core/models/estimator.ts';
import { leastMemory, refuseMemory } from '#core/networks/memory-need.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { firstWeights } from '#core/networks/place-layers.ts';
import { trainingOf } from '#core/networks/training.ts';
import type { NetworkStart } from './network.ts';

/** The layers of a network, for what it is trained on. */
export type PlanOf = (input: Pick<TrainingInput, 'train' | 'parameters'>) => NetworkPlan;

/**
 * What a network starts from. All randomness comes from the run's stream.
 * @throws TerrariumError where it needs more memory than it may take
 */
export function networkStart(
  plan: NetworkPlan,
  {
    train,
    validation,
    parameters,
    random,
    threads,
  }: Pick<TrainingInput, 'train' | 'validation' | 'parameters' | 'random' | 'threads'>,
): NetworkStart {
  const settings = trainingOf(parameters);
  refuseMemory(leastMemory(plan, settings, train, validation), settings.maxMemoryBytes);
  const first = firstWeights(plan, random.fork('weights'));
  const { seed } = random.fork('dropout');
  return { plan, settings, first, train, validation, seed, ...(threads && { threads }) };
}
