import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { DenseLayer } from '#core/networks/layer.ts';
import type {
  KernelLayer,
  KernelLayerKind,
  KernelSite,
  Pass,
  TensorPlace,
} from './kernel-layer.ts';
import { filledUp, heightOf, type Signal } from './signal.ts';

export const dense: KernelLayerKind<DenseLayer> = {
  outputLayout: ({ units }) => ({ shape: [units], channelStep: units, width: filledUp(units) }),

  store(plan, input) {
    const columns = plan.shape.at(-1) ?? 0;
    const columnStep = filledUp(columns);
    if (plan.role === 'bias') {
      return { plan, rows: 1, rowStep: 1, columns, columnStep, height: 1 };
    }
    const channels = input.shape.at(-1) ?? 0;
    return {
      plan,
      rows: channels,
      rowStep: input.channelStep,
      columns,
      columnStep,
      height: input.width,
    };
  },

  build: (layer, site) => new Dense(layer, site),
};

class Dense implements KernelLayer {
  readonly output: Signal;
  readonly #machine: NetworkMachine;
  readonly #input: Signal;
  readonly #kernel: TensorPlace;
  readonly #bias: TensorPlace | null;
  readonly #site: KernelSite;
  /** Eight columns of the matrix that is multiplied, in scratch; behind them a transposed kernel. */
  readonly #panelBytes: number;

  constructor(layer: DenseLayer, site: KernelSite) {
    const { machine, input, rows, trains, scratch } = site;
    const layout = dense.outputLayout(layer, input);
    const height = heightOf(rows);
    const take = (): number => machine.memory.take(4 * height * layout.width);
    this.output = { ...layout, at: take(), derivatives: trains ? take() : 0 };
    this.#machine = machine;
    this.#input = input;
    this.#site = site;
    this.#kernel = site.tensor('kernel');
    this.#bias = layer.bias === false ? null : site.tensor('bias');
    this.#panelBytes = 32 * Math.max(height, input.width, layout.width);
    scratch.reserve(this.#panelBytes + (trains ? 4 * input.width * layout.width : 0));
  }

  forward({ rows }: Pass): void {
    const { at, width } = this.#input;
    const { output } = this;
    this.#machine.kernels.multiply(
      at,
      4 * width,
      4,
      this.#kernel.at,
      this.#bias?.at ?? 0,
      output.at,
      heightOf(rows),
      output.width,
      width,
      this.#site.scratch.at,
    );
  }

  back({ rows }: Pass): void {
    this.#backToTensors(heightOf(rows));
    if (this.#input.derivatives !== 0) this.#backToInput(heightOf(rows));
  }

  #backToTensors(height: number): void {
    const { kernels } = this.#machine;
    const { at, width } = this.#input;
    const { derivatives, width: outputs } = this.output;
    kernels.multiply(
      at,
      4,
      4 * width,
      derivatives,
      0,
      this.#kernel.gradient,
      width,
      outputs,
      height,
      this.#site.scratch.at,
    );
    if (this.#bias !== null) kernels.sumRows(derivatives, height, outputs, this.#bias.gradient);
  }

  #backToInput(height: number): void {
    const { kernels } = this.#machine;
    const { derivatives: before, width } = this.#input;
    const { derivatives, width: outputs } = this.output;
    const panel = this.#site.scratch.at;
    const transposed = panel + this.#panelBytes;
    kernels.transpose(this.#kernel.at, width, outputs, transposed);
    kernels.multiply(
      derivatives,
      4 * outputs,
      4,
      transposed,
      0,
      before,
      height,
      width,
      outputs,
      panel,
    );
  }
}
