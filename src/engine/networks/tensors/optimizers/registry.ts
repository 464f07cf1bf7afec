import type { OptimizerName } from '#core/networks/optimizers.ts';
import { Adam } from './adam.ts';
import { adamw } from './adamw.ts';
import type { OptimizerSite, TensorOptimizer } from './optimizer.ts';
import { sgd } from './sgd.ts';

const optimizers: Readonly<Record<OptimizerName, (site: OptimizerSite) => TensorOptimizer>> = {
  adam: (site) => new Adam(site),
  adamw,
  sgd,
};

/** The optimizer that the settings name. */
export function tensorOptimizer(site: OptimizerSite): TensorOptimizer {
  return optimizers[site.settings.optimizer](site);
}
