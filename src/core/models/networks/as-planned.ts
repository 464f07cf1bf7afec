import type { Estimator } from '#core/models/estimator.ts';
import { emitNetwork } from '#core/networks/emit-network.ts';

/** Of an estimator whose answers are the network's own: the layers that are trained are written as they are. */
export function asPlanned(
  network: NonNullable<Estimator['network']>,
): Pick<Estimator, 'network' | 'emit'> {
  return {
    network,
    emit: (graph, features, model) =>
      emitNetwork(graph, features, network(model, model.parameters), model.weights),
  };
}
