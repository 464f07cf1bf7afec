import { AdamTotals } from '#engine/networks/adam-totals.ts';
import type { NetworkTensors } from '#engine/networks/network.ts';
import { spansOf, type KernelOptimizer, type OptimizerSite, type Span } from './optimizer.ts';
import { Remembered } from './remembered.ts';

/** Adam; the penalty on weights is part of the gradient. */
export class Adam implements KernelOptimizer {
  readonly #site: OptimizerSite;
  readonly #spans: readonly Span[];
  readonly #first: Remembered;
  readonly #second: Remembered;
  readonly #totals = new AdamTotals();

  constructor(site: OptimizerSite, penalty = site.settings.penalty) {
    const { machine, arena } = site;
    this.#site = site;
    this.#spans = spansOf(arena, penalty);
    this.#first = new Remembered('first moments', machine.memory, arena);
    this.#second = new Remembered('second moments', machine.memory, arena);
  }

  step(rate: number): void {
    const { machine, arena } = this.#site;
    this.#totals.advance();
    for (const { from, count, penalty } of this.#spans) {
      const offset = 4 * from;
      machine.kernels.adam(
        arena.at + offset,
        arena.gradients + offset,
        this.#first.at + offset,
        this.#second.at + offset,
        count,
        rate,
        penalty,
        this.#totals.first,
        this.#totals.second,
      );
    }
  }

  state(): NetworkTensors {
    return [...this.#first.state(), ...this.#second.state()];
  }

  restore(state: NetworkTensors, step: number): void {
    this.#first.restore(state);
    this.#second.restore(state);
    this.#totals.restore(step);
  }
}
