import type { Address } from '#core/kernels/kernel-memory.ts';
import { sizeOf, type ConvolutionLayer } from '#core/networks/layer.ts';
import type { PlacedTensor } from '#core/networks/place-layers.ts';
import { windowsOf } from '#core/networks/window.ts';
import { imageFrame, type Frame } from './frames.ts';
import { addGradients, PANEL_BYTES, sumsBytes } from './gradient-sums.ts';
import type {
  KernelLayer,
  KernelLayerKind,
  KernelSite,
  Pass,
  TensorPlace,
} from './kernel-layer.ts';
import { Patches } from './patches.ts';
import { filledUp, heightOf, type Layout, type Signal } from './signal.ts';
import type { StoredTensor } from './stored-tensor.ts';

export const convolution: KernelLayerKind<ConvolutionLayer> = {
  outputLayout,
  store: storeConvolution,
  build: (layer, site) =>
    new Convolution(imageFrame(layer, site.input), outputLayout(layer, site.input), site),
};

/** A kernel [… of a window, channels, filters] lies as the windows of its input do. */
export function storeConvolution(plan: PlacedTensor, input: Layout): StoredTensor {
  const columns = plan.shape.at(-1) ?? 0;
  const columnStep = filledUp(columns);
  if (plan.role === 'bias') return { plan, rows: 1, rowStep: 1, columns, columnStep, height: 1 };
  const channels = plan.shape.at(-2) ?? 0;
  const height = filledUp(sizeOf(plan.shape.slice(0, -2)) * input.channelStep);
  return { plan, rows: channels, rowStep: input.channelStep, columns, columnStep, height };
}

function outputLayout(layer: ConvolutionLayer, input: Layout): Layout {
  const { height, width } = windowsOf(layer, input.shape);
  const channelStep = filledUp(layer.filters);
  const shape = [height, width, layer.filters];
  return { shape, channelStep, width: height * width * channelStep };
}

/** A product of windows and filters, a few images or sequences at a time. */
export class Convolution implements KernelLayer {
  readonly output: Signal;
  readonly #site: KernelSite;
  readonly #patches: Patches;
  readonly #kernel: TensorPlace;
  /** Null before a batch normalization. */
  readonly #bias: TensorPlace | null;
  /** Images at once: so many that their windows are a multiple of four. */
  readonly #together: number;
  /** Where in scratch things begin: eight columns of a factor at 0, then windows, the transposed kernel, and sums. */
  readonly #offsets: {
    readonly patches: number;
    readonly transposed: number;
    readonly sums: number;
  };

  constructor(frame: Frame, layout: Layout, site: KernelSite) {
    const { machine, rows, trains, scratch } = site;
    const take = (): Address => machine.memory.take(4 * heightOf(rows) * layout.width);
    this.output = { ...layout, at: take(), derivatives: trains ? take() : 0 };
    this.#site = site;
    this.#kernel = site.tensor('kernel');
    const hasBias = site.placed.tensors.some(({ role }) => role === 'bias');
    this.#bias = hasBias ? site.tensor('bias') : null;
    this.#patches = new Patches(machine, frame, trains);
    const { count, step } = this.#patches;
    this.#together = [1, 2, 4].find((images) => (images * count) % 4 === 0) ?? 4;
    const patches = Math.max(PANEL_BYTES, 32 * Math.max(step, layout.channelStep));
    const transposed = patches + 4 * this.#together * count * step;
    const sums = transposed + 4 * step * layout.channelStep;
    this.#offsets = { patches, transposed, sums };
    scratch.reserve(sums + sumsBytes({ factorStep: step, width: layout.channelStep }));
  }

  forward({ rows }: Pass): void {
    const { kernels } = this.#site.machine;
    const { size, step, count } = this.#patches;
    const { at, channelStep, width } = this.output;
    const panel = this.#site.scratch.at;
    for (let image = 0; image < heightOf(rows); image += this.#together) {
      kernels.multiply(
        this.#takePatches(image),
        4 * step,
        4,
        this.#kernel.at,
        this.#bias?.at ?? 0,
        at + 4 * image * width,
        this.#together * count,
        channelStep,
        size,
        panel,
      );
    }
  }

  back({ rows }: Pass): void {
    const { kernels, memory } = this.#site.machine;
    const { step } = this.#patches;
    const { derivatives, channelStep, width } = this.output;
    memory.float32(this.#kernel.gradient, step * channelStep).fill(0);
    if (this.#bias !== null) memory.float32(this.#bias.gradient, channelStep).fill(0);
    const isAsked = this.#site.input.derivatives !== 0;
    const transposed = this.#site.scratch.at + this.#offsets.transposed;
    if (isAsked) kernels.transpose(this.#kernel.at, step, channelStep, transposed);
    for (let image = 0; image < heightOf(rows); image += this.#together) {
      const given = derivatives + 4 * image * width;
      this.#backToTensors(this.#takePatches(image), given);
      if (isAsked) this.#backToInput(image, given);
    }
  }

  /** The windows of the images from one on, in scratch. */
  #takePatches(image: number): Address {
    const { at, width } = this.#site.input;
    const { count, step } = this.#patches;
    const patches = this.#site.scratch.at + this.#offsets.patches;
    for (let i = 0; i < this.#together; i += 1) {
      this.#patches.take(at + 4 * (image + i) * width, patches + 4 * i * count * step);
    }
    return patches;
  }

  #backToTensors(factor: Address, given: Address): void {
    const { count, size: factorSize, step: factorStep } = this.#patches;
    const rows = this.#together * count;
    const panel = this.#site.scratch.at;
    addGradients(
      this.#site.machine,
      { rows, factor, factorStep, factorSize, given, width: this.output.channelStep },
      { kernel: this.#kernel.gradient, bias: this.#bias?.gradient ?? 0 },
      { panel, sums: panel + this.#offsets.sums },
    );
  }

  #backToInput(image: number, given: Address): void {
    const { kernels } = this.#site.machine;
    const { derivatives, width } = this.#site.input;
    const { count, step } = this.#patches;
    const { channelStep } = this.output;
    const panel = this.#site.scratch.at;
    const product = panel + this.#offsets.patches;
    kernels.multiply(
      given,
      4 * channelStep,
      4,
      panel + this.#offsets.transposed,
      0,
      product,
      this.#together * count,
      step,
      channelStep,
      panel,
    );
    for (let i = 0; i < this.#together; i += 1) {
      this.#patches.back(product + 4 * i * count * step, derivatives + 4 * (image + i) * width);
    }
  }
}
