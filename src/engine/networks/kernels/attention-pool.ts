import type { Address } from '#core/kernels/kernel-memory.ts';
import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { AttentionPoolLayer } from '#core/networks/layer.ts';
import { sequenceOf } from '#core/networks/window.ts';
import type {
  KernelLayer,
  KernelLayerKind,
  KernelSite,
  Pass,
  TensorPlace,
} from './kernel-layer.ts';
import { filledUp, heightOf, type Layout, type Signal } from './signal.ts';

export const attentionPool: KernelLayerKind<AttentionPoolLayer> = {
  outputLayout,

  store(plan) {
    const [columns = 0] = plan.shape;
    return { plan, rows: 1, rowStep: 1, columns, columnStep: filledUp(columns), height: 1 };
  },

  build: (_, site) => new AttentionPool(site),
};

function outputLayout(_: AttentionPoolLayer, { shape, channelStep }: Layout): Layout {
  const [, size] = sequenceOf(shape);
  if (channelStep % 8 !== 0) throw new RangeError('attention needs places of eights');
  return { shape: [size], channelStep: size, width: channelStep };
}

class AttentionPool implements KernelLayer {
  readonly output: Signal;
  readonly #machine: NetworkMachine;
  readonly #input: Signal;
  readonly #places: number;
  readonly #query: TensorPlace;
  /** Each place's share, of the rows that went through last. */
  readonly #shares: Address;
  /** Room for a number a place. */
  readonly #slopes: Address;

  constructor({ machine, input, rows, trains, tensor, placed }: KernelSite) {
    const layout = outputLayout({ kind: 'attention_pool' }, input);
    const take = (): Address => machine.memory.take(4 * heightOf(rows) * layout.width);
    this.output = { ...layout, at: take(), derivatives: trains ? take() : 0 };
    this.#machine = machine;
    this.#input = input;
    [this.#places] = sequenceOf(placed.input);
    this.#query = tensor('query');
    // The powers of a row are taken in pairs.
    this.#shares = machine.memory.take(4 * (rows * this.#places + 1));
    this.#slopes = machine.memory.take(4 * this.#places);
  }

  forward({ rows }: Pass): void {
    const { at, channelStep } = this.#input;
    this.#machine.kernels.attend(
      at,
      rows,
      this.#places,
      channelStep,
      this.#query.at,
      this.#shares,
      this.output.at,
    );
  }

  back({ rows }: Pass): void {
    const { at, channelStep, derivatives } = this.#input;
    this.#machine.kernels.attendBack(
      at,
      rows,
      this.#places,
      channelStep,
      this.#query.at,
      this.#shares,
      this.output.derivatives,
      this.#slopes,
      derivatives,
      this.#query.gradient,
    );
  }
}
