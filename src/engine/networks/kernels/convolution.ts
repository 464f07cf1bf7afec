import type { Address } from '#core/kernels/kernel-memory.ts';
import { sizeOf, type ConvolutionLayer } from '#core/networks/layer.ts';
import type { PlacedTensor } from '#core/networks/place-layers.ts';
import { windowsOf } from '#core/networks/window.ts';
import { PRODUCT_NS } from './cuts.ts';
import { imageFrame, type Frame } from './frames.ts';
import { GradientSlots } from './gradient-slots.ts';
import { addGradients, PANEL_BYTES, sumsBytes, type ProductRows } from './gradient-sums.ts';
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
import type { Each } from './team.ts';

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

/** A product of windows and filters, a few images or sequences at a time: a group. */
export class Convolution implements KernelLayer {
  readonly output: Signal;
  readonly #site: KernelSite;
  readonly #patches: Patches;
  readonly #kernel: TensorPlace;
  /** Null before a batch normalization. */
  readonly #bias: TensorPlace | null;
  /** Images of a group: so many that their windows are a multiple of four. */
  readonly #together: number;
  /** Where in a lane's scratch things begin: eight columns of a factor at 0, then windows, the transposed kernel, and sums. */
  readonly #offsets: {
    readonly patches: number;
    readonly transposed: number;
    readonly sums: number;
  };
  /** Where several threads train. */
  readonly #slots: GradientSlots | null;

  constructor(frame: Frame, layout: Layout, site: KernelSite) {
    const { machine, rows, trains, scratch, team } = site;
    const { memory } = machine;
    const take = (): Address => memory.take(4 * heightOf(rows) * layout.width);
    this.output = { ...layout, at: take(), derivatives: trains ? take() : 0 };
    this.#site = site;
    this.#kernel = site.tensor('kernel');
    const hasBias = site.placed.tensors.some(({ role }) => role === 'bias');
    this.#bias = hasBias ? site.tensor('bias') : null;
    this.#patches = new Patches(memory, frame, trains, team.lanes);
    const { count, size, step } = this.#patches;
    this.#together = [1, 2, 4].find((images) => (images * count) % 4 === 0) ?? 4;
    const patches = Math.max(PANEL_BYTES, 32 * Math.max(step, layout.channelStep));
    const transposed = patches + 4 * this.#together * count * step;
    const sums = transposed + 4 * step * layout.channelStep;
    const product = { factorStep: step, width: layout.channelStep };
    this.#offsets = { patches, transposed, sums };
    scratch.reserve(sums + sumsBytes(product));
    const groups = heightOf(rows) / this.#together;
    const shape = { ...product, groups, rows: this.#together * count, factorSize: size };
    this.#slots = trains && team.lanes > 1 ? new GradientSlots(memory, shape, team.lanes) : null;
  }

  forward({ rows }: Pass): void {
    const { size, step, count } = this.#patches;
    const { at, channelStep, width } = this.output;
    this.#site.team.forEach(0, heightOf(rows) / this.#together, this.#groupNs, (...one) => {
      const [kernels, group, lane] = one;
      kernels.multiply(
        this.#takePatches(...one),
        4 * step,
        4,
        this.#kernel.at,
        this.#bias?.at ?? 0,
        at + 4 * group * this.#together * width,
        this.#together * count,
        channelStep,
        size,
        this.#room(lane),
      );
    });
  }

  back({ rows }: Pass): void {
    const { kernels, memory } = this.#site.machine;
    const { step } = this.#patches;
    const { channelStep } = this.output;
    const gradients = { kernel: this.#kernel.gradient, bias: this.#bias?.gradient ?? 0 };
    memory.float32(gradients.kernel, step * channelStep).fill(0);
    if (gradients.bias !== 0) memory.float32(gradients.bias, channelStep).fill(0);
    const isAsked = this.#site.input.derivatives !== 0;
    const transposed = this.#room(0) + this.#offsets.transposed;
    if (isAsked) kernels.transpose(this.#kernel.at, step, channelStep, transposed);
    const groups = heightOf(rows) / this.#together;
    const slots = this.#slots;
    const atOnce = slots?.groups ?? groups;
    for (let from = 0; from < groups; from += atOnce) {
      const end = Math.min(groups, from + atOnce);
      this.#site.team.forEach(from, end, 2 * this.#groupNs, (...one) => {
        const [own, group, lane] = one;
        const product = this.#productRows(group, this.#takePatches(...one));
        const panel = this.#room(lane);
        if (slots === null) {
          addGradients(own, product, gradients, { panel, sums: panel + this.#offsets.sums });
        } else slots.sum(own, group - from, product, panel);
        if (isAsked) this.#backToInput(...one);
      });
      slots?.add(this.#site.team, end - from, gradients);
    }
  }

  /** The windows of a group's images, in scratch. */
  #takePatches(...[kernels, group, lane]: Parameters<Each>): Address {
    const { at, width } = this.#site.input;
    const { count, step } = this.#patches;
    const patches = this.#room(lane) + this.#offsets.patches;
    for (let i = 0; i < this.#together; i += 1) {
      const image = at + 4 * (group * this.#together + i) * width;
      this.#patches.take(kernels, image, patches + 4 * i * count * step, lane);
    }
    return patches;
  }

  #productRows(group: number, factor: Address): ProductRows {
    const { count, size: factorSize, step: factorStep } = this.#patches;
    const { derivatives, width, channelStep } = this.output;
    const given = derivatives + 4 * group * this.#together * width;
    return {
      ...{ rows: this.#together * count, factor, factorStep, factorSize },
      ...{ given, width: channelStep },
    };
  }

  /** From a group's derivatives by the output to those by the input; windows in scratch are lost. */
  #backToInput(...[kernels, group, lane]: Parameters<Each>): void {
    const { derivatives, width } = this.#site.input;
    const { count, step } = this.#patches;
    const { channelStep, derivatives: given, width: outputs } = this.output;
    const panel = this.#room(lane);
    const product = panel + this.#offsets.patches;
    const first = group * this.#together;
    kernels.multiply(
      given + 4 * first * outputs,
      4 * channelStep,
      4,
      this.#room(0) + this.#offsets.transposed,
      0,
      product,
      this.#together * count,
      step,
      channelStep,
      panel,
    );
    for (let i = 0; i < this.#together; i += 1) {
      const image = derivatives + 4 * (first + i) * width;
      this.#patches.back(kernels, product + 4 * i * count * step, image, lane);
    }
  }

  #room(lane: number): Address {
    const { scratch } = this.#site;
    return scratch.at + lane * scratch.step;
  }

  /** About how long the product of a group takes. */
  get #groupNs(): number {
    const { count, step } = this.#patches;
    return this.#together * count * step * this.output.channelStep * PRODUCT_NS;
  }
}
