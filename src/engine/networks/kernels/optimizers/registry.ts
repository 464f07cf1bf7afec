import type { OptimizerName } from '#core/networks/optimizers.ts';
import { Adam } from './adam.ts';
import { adamw } from './adamw.ts';
import type { KernelOptimizer, OptimizerSite } from './optimizer.ts';
import { sgd } from './sgd.ts';

const optimizers: Readonly<Record<OptimizerName, (site: OptimizerSite) => KernelOptimizer>> = {
  adam: (site) => new Adam(site),
  adamw,
  sgd,
};

/** The optimizer that the settings name. */
export function kernelOptimizer(site: OptimizerSite): KernelOptimizer {
  return optimizers[site.settings.optimizer](site);
}
