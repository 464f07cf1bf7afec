import type { Address } from '#core/kernels/kernel-memory.ts';
import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { LayerPlace } from './kernel-layers.ts';

const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.999;

/** What Adam remembers of each layer's kernel and bias. */
export class AdamState {
  /** Where the derivatives by each layer's kernel go, and behind them those by its bias. */
  readonly gradients: readonly Address[];
  readonly #machine: NetworkMachine;
  readonly #layers: readonly LayerPlace[];
  readonly #first: readonly Address[];
  readonly #second: readonly Address[];
  readonly #rate: number;
  readonly #decay: number;
  /** The running means' decays to the power of the steps so far. */
  #firstPower = 1;
  #secondPower = 1;

  /** @param options step size, and the penalty on kernels (not on biases) */
  constructor(
    machine: NetworkMachine,
    layers: readonly LayerPlace[],
    options: { readonly rate: number; readonly decay: number },
  ) {
    const forEach = (): Address[] =>
      layers.map(({ inputWidth, outputWidth }) =>
        machine.memory.take(4 * (inputWidth + 1) * outputWidth),
      );
    this.#machine = machine;
    this.#layers = layers;
    this.gradients = forEach();
    this.#first = forEach();
    this.#second = forEach();
    this.#rate = options.rate;
    this.#decay = options.decay;
  }

  step(): void {
    const { kernels } = this.#machine;
    this.#firstPower *= FIRST_DECAY;
    this.#secondPower *= SECOND_DECAY;
    const totals = [1 - this.#firstPower, 1 - this.#secondPower] as const;
    for (const [i, { inputWidth, outputWidth, kernel }] of this.#layers.entries()) {
      const [gradient = 0, first = 0, second = 0] = [
        this.gradients[i],
        this.#first[i],
        this.#second[i],
      ];
      const count = inputWidth * outputWidth;
      const bias = 4 * count;
      kernels.adam(kernel, gradient, first, second, count, this.#rate, this.#decay, ...totals);
      kernels.adam(
        kernel + bias,
        gradient + bias,
        first + bias,
        second + bias,
        outputWidth,
        this.#rate,
        0,
        ...totals,
      );
    }
  }
}
