import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { GlobalPoolLayer } from '#core/networks/layer.ts';
import { sequenceOf } from '#core/networks/window.ts';
import type { KernelLayer, KernelLayerKind, KernelSite, Pass } from './kernel-layer.ts';
import { heightOf, type Layout, type Signal } from './signal.ts';

/** Channels lie in eights, as convolutions give them. */
export const globalPool: KernelLayerKind<GlobalPoolLayer> = {
  outputLayout,
  store() {
    throw new RangeError('a pool has no tensors');
  },
  build: (layer, site) => new GlobalPool(layer, site),
};

function outputLayout(_: GlobalPoolLayer, { shape, channelStep }: Layout): Layout {
  if (channelStep % 8 !== 0) throw new RangeError('a pool needs channels in eights');
  const [, channels] = sequenceOf(shape);
  return { shape: [channels], channelStep: channels, width: channelStep };
}

class GlobalPool implements KernelLayer {
  readonly output: Signal;
  readonly #machine: NetworkMachine;
  readonly #input: Signal;
  readonly #isMax: boolean;
  /** Positions of a sequence. */
  readonly #length: number;

  constructor(layer: GlobalPoolLayer, { machine, input, rows, trains }: KernelSite) {
    const layout = outputLayout(layer, input);
    const take = (): number => machine.memory.take(4 * heightOf(rows) * layout.width);
    this.output = { ...layout, at: take(), derivatives: trains ? take() : 0 };
    this.#machine = machine;
    this.#input = input;
    this.#isMax = layer.function === 'max';
    [this.#length] = sequenceOf(input.shape);
  }

  forward({ rows }: Pass): void {
    const { kernels } = this.#machine;
    const { at, width } = this.output;
    const pool = this.#isMax ? kernels.maxRows : kernels.sumRows;
    for (let row = 0; row < heightOf(rows); row += 1) {
      pool(this.#input.at + 4 * row * this.#input.width, this.#length, width, at + 4 * row * width);
    }
    if (!this.#isMax) kernels.scale(at, heightOf(rows) * width, 1 / this.#length);
  }

  back({ rows }: Pass): void {
    const { kernels } = this.#machine;
    const { at, derivatives, width: step } = this.#input;
    if (derivatives === 0) return;
    const { derivatives: given, width } = this.output;
    const length = this.#length;
    for (let row = 0; row < heightOf(rows); row += 1) {
      const [from, to] = [given + 4 * row * width, derivatives + 4 * row * step];
      if (this.#isMax) kernels.maxRowsBack(at + 4 * row * step, length, width, from, to);
      // Each position has the same derivative.
      else kernels.copyRows(from, 0, length, 4 * width, to, 4 * width);
    }
    if (!this.#isMax) kernels.scale(derivatives, heightOf(rows) * step, 1 / length);
  }
}
