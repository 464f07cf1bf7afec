import type { Address } from '#core/kernels/kernel-memory.ts';
import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import { sizeOf, type GruLayer } from '#core/networks/layer.ts';
import { sequenceOf } from '#core/networks/window.ts';
import { addGradients, PANEL_BYTES, sumsBytes } from './gradient-sums.ts';
import type {
  KernelLayer,
  KernelLayerKind,
  KernelSite,
  Pass,
  TensorPlace,
} from './kernel-layer.ts';
import { filledUp, heightOf, type Layout, type Signal } from './signal.ts';

/** Channels and units are filled up to eight, each group of a kernel by itself. */
export const gru: KernelLayerKind<GruLayer> = {
  outputLayout,

  store(plan) {
    const columns = plan.shape.at(-1) ?? 0;
    const rows = sizeOf(plan.shape) / columns;
    const height = plan.role.endsWith('kernel') ? 3 * filledUp(rows / 3) : rows;
    return { plan, rows, rowStep: rows, columns, columnStep: filledUp(columns), height };
  },

  keeps({ units }, input) {
    const [length, channels] = sequenceOf(input.shape);
    return length * (filledUp(channels) + 8 * filledUp(units));
  },

  build: (layer, site) => new Gru(layer, site),
};

function outputLayout({ units, gives }: GruLayer, { shape }: Layout): Layout {
  const [length] = sequenceOf(shape);
  const step = filledUp(units);
  return gives === 'all'
    ? { shape: [length, units], channelStep: step, width: length * step }
    : { shape: [units], channelStep: units, width: step };
}

type Role = 'kernel' | 'state_kernel' | 'bias' | 'state_bias';

/** What it needs from position to position lies position after position, each with all rows. */
class Gru implements KernelLayer {
  readonly output: Signal;
  readonly #site: KernelSite;
  readonly #machine: NetworkMachine;
  readonly #tensors: Readonly<Record<Role, TensorPlace>>;
  readonly #givesAll: boolean;
  readonly #length: number;
  /** Numbers of a position: its channels, filled up, and units, alone and of all three groups. */
  readonly #channels: number;
  readonly #units: number;
  readonly #width: number;
  /** Channels that are copied from the input and back. */
  readonly #copied: number;
  readonly #positions: Address;
  readonly #gates: Address;
  readonly #kept: Address;
  /** One more than there are positions: the first one is 0. */
  readonly #states: Address;
  /** Of one position on the way there, of all on the way back. */
  readonly #sums: Address;
  readonly #derivatives: Address;
  /** Where in scratch sums and transposed kernels begin. */
  readonly #offsets: { readonly sums: number; readonly transposed: number };

  constructor(layer: GruLayer, site: KernelSite) {
    const { machine, input, rows, trains, scratch } = site;
    const { memory } = machine;
    const height = heightOf(rows);
    const layout = outputLayout(layer, input);
    const [length, channels] = sequenceOf(input.shape);
    const [inputs, units] = [filledUp(channels), filledUp(layer.units)];
    const width = 3 * units;
    const take = (numbers: number): Address => memory.take(4 * height * numbers);
    this.output = {
      ...layout,
      at: take(layout.width),
      derivatives: trains ? take(layout.width) : 0,
    };
    this.#site = site;
    this.#machine = machine;
    const { tensor } = site;
    this.#tensors = {
      ...{ kernel: tensor('kernel'), state_kernel: tensor('state_kernel') },
      ...{ bias: tensor('bias'), state_bias: tensor('state_bias') },
    };
    this.#givesAll = layer.gives === 'all';
    this.#length = length;
    this.#channels = inputs;
    this.#units = units;
    this.#width = width;
    this.#copied = Math.min(inputs, input.channelStep);
    this.#positions = take(length * inputs);
    this.#gates = take(length * width);
    this.#kept = take(length * units);
    this.#states = take((length + 1) * units);
    this.#sums = take((trains ? length : 1) * width);
    this.#derivatives = trains ? take(units) : 0;
    const sums = Math.max(PANEL_BYTES, 32 * Math.max(inputs, width));
    const most = Math.max(inputs, units);
    const needed = Math.max(sumsBytes({ factorStep: most, width }), 4 * height * units);
    this.#offsets = { sums, transposed: sums + needed };
    scratch.reserve(sums + needed + (trains ? 4 * most * width : 0));
  }

  forward({ rows }: Pass): void {
    const { kernels, memory } = this.#machine;
    const { kernel, state_kernel: stateKernel, bias, state_bias: stateBias } = this.#tensors;
    const [height, units, width] = [heightOf(rows), this.#units, this.#width];
    this.#takePositions(height);
    this.#multiply(
      { at: this.#positions, step: this.#channels, rows: this.#length * height },
      { at: kernel.at, columns: width, rows: this.#channels, bias: bias.at },
      this.#gates,
    );
    memory.float32(this.#states, height * units).fill(0);
    for (let t = 0; t < this.#length; t += 1) {
      const before = this.#stateAt(t, height);
      this.#multiply(
        { at: before, step: units, rows: height },
        { at: stateKernel.at, columns: width, rows: units, bias: 0 },
        this.#sums,
      );
      kernels.gruStep(
        this.#gates + 4 * t * height * width,
        this.#sums,
        stateBias.at,
        before,
        height,
        units,
        this.#kept + 4 * t * height * units,
        this.#stateAt(t + 1, height),
      );
    }
    this.#give(height);
  }

  /** Position after position, where an input has row after row. */
  #takePositions(height: number): void {
    const { kernels } = this.#machine;
    const { at, width, channelStep } = this.#site.input;
    const [copied, channels] = [this.#copied, this.#channels];
    for (let t = 0; t < this.#length; t += 1) {
      const to = this.#positions + 4 * t * height * channels;
      const from = at + 4 * t * channelStep;
      kernels.copyRows(from, 4 * width, height, 4 * copied, to, 4 * channels);
    }
  }

  #give(height: number): void {
    const { kernels } = this.#machine;
    const { at, width } = this.output;
    const bytes = 4 * this.#units;
    const first = this.#givesAll ? 0 : this.#length - 1;
    for (let t = first; t < this.#length; t += 1) {
      const from = this.#stateAt(t + 1, height);
      kernels.copyRows(from, bytes, height, bytes, at + (t - first) * bytes, 4 * width);
    }
  }

  back({ rows }: Pass): void {
    const height = heightOf(rows);
    this.#backThroughTime(height);
    this.#backToTensors(height);
    if (this.#site.input.derivatives !== 0) this.#backToInput(height);
  }

  /** From the last position to the first: gates become derivatives by the sums over the input. */
  #backThroughTime(height: number): void {
    const { kernels, memory } = this.#machine;
    const [units, width] = [this.#units, this.#width];
    const { transposed, product } = this.#room;
    kernels.transpose(this.#tensors.state_kernel.at, units, width, transposed);
    memory.float32(this.#derivatives, height * units).fill(0);
    for (let t = this.#length - 1; t >= 0; t -= 1) {
      this.#addGiven(t, height);
      const sums = this.#sums + 4 * t * height * width;
      kernels.gruStepBack(
        this.#derivatives,
        this.#gates + 4 * t * height * width,
        this.#kept + 4 * t * height * units,
        this.#stateAt(t, height),
        height,
        units,
        sums,
      );
      if (t === 0) return;
      this.#multiply(
        { at: sums, step: width, rows: height },
        { at: transposed, columns: units, rows: width, bias: 0 },
        product,
      );
      kernels.add(this.#derivatives, product, 4 * height * units);
    }
  }

  /** The derivatives that come from the next layer to a position's state, if any do. */
  #addGiven(t: number, height: number): void {
    const first = this.#givesAll ? 0 : this.#length - 1;
    if (t < first) return;
    const { kernels } = this.#machine;
    const { derivatives, width } = this.output;
    const bytes = 4 * this.#units;
    const { product } = this.#room;
    const from = derivatives + (t - first) * bytes;
    kernels.copyRows(from, 4 * width, height, bytes, product, bytes);
    kernels.add(this.#derivatives, product, height * bytes);
  }

  #backToTensors(height: number): void {
    const { kernels, memory } = this.#machine;
    const { kernel, state_kernel: stateKernel, bias, state_bias: stateBias } = this.#tensors;
    const [channels, units, width] = [this.#channels, this.#units, this.#width];
    const { panel, product: sums } = this.#room;
    for (const [{ gradient }, count] of [
      [kernel, channels * width],
      [stateKernel, units * width],
      [bias, width],
    ] as const) {
      memory.float32(gradient, count).fill(0);
    }
    const rows = this.#length * height;
    addGradients(
      kernels,
      {
        ...{ rows, factor: this.#positions, factorStep: channels, factorSize: channels },
        ...{ given: this.#gates, width },
      },
      { kernel: kernel.gradient, bias: bias.gradient },
      { panel, sums },
    );
    addGradients(
      kernels,
      {
        ...{ rows, factor: this.#states, factorStep: units, factorSize: units },
        ...{ given: this.#sums, width },
      },
      { kernel: stateKernel.gradient, bias: 0 },
      { panel, sums },
    );
    kernels.sumRows(this.#sums, rows, width, sums);
    const candidates = sums + 8 * units;
    memory.octets.copyWithin(stateBias.gradient, candidates, candidates + 4 * units);
  }

  /** Derivatives by positions take the place of the positions, which nobody needs any more. */
  #backToInput(height: number): void {
    const { kernels } = this.#machine;
    const [channels, width, copied] = [this.#channels, this.#width, this.#copied];
    const { transposed } = this.#room;
    kernels.transpose(this.#tensors.kernel.at, channels, width, transposed);
    this.#multiply(
      { at: this.#gates, step: width, rows: this.#length * height },
      { at: transposed, columns: channels, rows: width, bias: 0 },
      this.#positions,
    );
    const { derivatives, width: rowWidth, channelStep } = this.#site.input;
    for (let t = 0; t < this.#length; t += 1) {
      const from = this.#positions + 4 * t * height * channels;
      const to = derivatives + 4 * t * channelStep;
      kernels.copyRows(from, 4 * channels, height, 4 * copied, to, 4 * rowWidth);
    }
  }

  /** C = A · B + bias, with A [rows, step] and B [step, columns]. */
  #multiply(
    a: { readonly at: Address; readonly step: number; readonly rows: number },
    b: {
      readonly at: Address;
      readonly columns: number;
      readonly rows: number;
      readonly bias: Address;
    },
    c: Address,
  ): void {
    const { panel } = this.#room;
    const { kernels } = this.#machine;
    kernels.multiply(a.at, 4 * a.step, 4, b.at, b.bias, c, a.rows, b.columns, b.rows, panel);
  }

  /** Scratch: eight columns of a factor, a product or sums, and a transposed kernel. */
  get #room(): {
    readonly panel: Address;
    readonly product: Address;
    readonly transposed: Address;
  } {
    const panel = this.#site.scratch.at;
    const { sums, transposed } = this.#offsets;
    return { panel, product: panel + sums, transposed: panel + transposed };
  }

  #stateAt(t: number, height: number): Address {
    return this.#states + 4 * t * height * this.#units;
  }
}
