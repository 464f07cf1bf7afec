import type { Address } from '#core/kernels/kernel-memory.ts';
import type { ConvolutionLayer } from '#core/networks/layer.ts';
import { PRODUCT_NS } from '../cuts.ts';
import { GradientSlots } from '../gradient-slots.ts';
import type { Gradients } from '../gradient-sums.ts';
import type { KernelLayer, KernelSite, Pass, TensorPlace } from '../kernel-layer.ts';
import { heightOf, type Signal } from '../signal.ts';
import type { Each } from '../team.ts';
import { TiledFilters } from './tiled-filters.ts';
import { tiledInputs, tiledOutputs, type TiledImages, type TiledPlace } from './tiled-images.ts';
import { POINTS, tilesOf } from './tiles.ts';

/** Tiles that are multiplied at once, at least, where a batch has as many. */
const TILES = 32;

/** A group of images on one side of the convolution. */
interface Side {
  readonly signal: Signal;
  readonly images: TiledImages;
  /** Where in a lane's scratch they lie at the points. */
  readonly offset: number;
}

/** Where other things lie in a lane's scratch, in bytes from its beginning, where products take columns. */
interface Offsets {
  /** A tile of four channels. */
  readonly tile: number;
  /** A group's gradients at one point. */
  readonly sums: number;
  /** In the first lane's alone: filters at the points, then their gradients; and filters the other way round. */
  readonly filters: number;
  readonly transposed: number;
}

/** What `team.forEach` hands out. */
type Share = Parameters<Each>;

/**
 * Trains a convolution in tiles of 6 × 6 pixels: their values at 36 points times the filters' there are those of tiles of
 * windows (Winograd; Lavin and Gray, 2016), so that windows of 3 × 3 take a quarter of the multiplications and those of 5 × 5
 * about a third. Rounding errors are several times as large: what is no training goes through the plain convolution.
 */
export class TiledConvolution implements KernelLayer {
  readonly output: Signal;
  readonly #answers: KernelLayer;
  readonly #site: KernelSite;
  readonly #filters: TiledFilters;
  readonly #bias: TensorPlace | null;
  readonly #inputs: Side;
  readonly #outputs: Side;
  /** Tiles of an image, and images of a group but for the last one. */
  readonly #tiles: number;
  readonly #together: number;
  readonly #offsets: Offsets;
  /** Where several threads train. */
  readonly #slots: GradientSlots | null;

  /** @param answers the plain convolution, without a way back */
  constructor(layer: ConvolutionLayer, answers: KernelLayer, site: KernelSite) {
    const { machine, input, rows, scratch, team, placed } = site;
    const { memory } = machine;
    const { width, channelStep: filters } = answers.output;
    this.output = { ...answers.output, derivatives: memory.take(4 * heightOf(rows) * width) };
    this.#answers = answers;
    this.#site = site;
    const inputs = input.channelStep;
    const shape = { size: layer.size, inputs, filters };
    this.#filters = new TiledFilters(machine, site.tensor('kernel'), shape);
    const hasBias = placed.tensors.some(({ role }) => role === 'bias');
    this.#bias = hasBias ? site.tensor('bias') : null;
    const tiles = tilesOf(layer, input);
    this.#tiles = tiles.count;
    this.#together = togetherOf(tiles.count);

    const atOnce = { tiles, together: this.#together, lanes: team.lanes };
    const before = tiledInputs(memory, layer, input, atOnce);
    const behind = tiledOutputs(memory, answers.output, atOnce);
    const tile = 32 * Math.max(this.#together * this.#tiles, inputs, filters);
    const first = tile + 16 * POINTS;
    const sums = first + before.bytes + behind.bytes;
    const own = sums + this.#filters.pointStep;
    this.#inputs = { signal: input, images: before, offset: first };
    this.#outputs = { signal: this.output, images: behind, offset: first + before.bytes };
    this.#offsets = { tile, sums, filters: own, transposed: own + this.#filters.bytes };
    scratch.reserve(own + 2 * this.#filters.bytes);
    const groups = Math.ceil(heightOf(rows) / this.#together);
    const bytes = { kernelBytes: this.#filters.bytes, biasBytes: 4 * filters };
    this.#slots =
      team.lanes > 1
        ? new GradientSlots(memory, { groups, chunks: 1, ...bytes }, team.lanes)
        : null;
  }

  forward(pass: Pass): void {
    if (pass.step === null) {
      this.#answers.forward(pass);
      return;
    }
    const [before, behind] = [this.#inputs, this.#outputs];
    const [filters, bias] = [this.#room(0, 'filters'), this.#bias?.at ?? 0];
    this.#filters.take(filters, this.#room(0, 'tile'));
    this.#site.team.forEach(0, this.#groups(pass), this.#groupNs, (...share) => {
      this.#eachImage(before, 'at', pass, share, (place) => before.images.take(place));
      this.#multiply(before, filters, behind, pass, share);
      this.#eachImage(behind, 'at', pass, share, (place) => behind.images.give(place, bias));
    });
  }

  back(pass: Pass): void {
    const { machine, input, team } = this.#site;
    const [before, behind] = [this.#inputs, this.#outputs];
    const [kernel, transposed] = [this.#room(0, 'filters'), this.#room(0, 'transposed')];
    const isAsked = input.derivatives !== 0;
    if (isAsked) {
      this.#filters.take(kernel, this.#room(0, 'tile'));
      this.#filters.transpose(kernel, transposed);
    }
    const gradients = { kernel, bias: this.#bias?.gradient ?? 0 };
    const { bias } = gradients;
    machine.memory.float32(kernel, this.#filters.bytes / 4).fill(0);
    if (bias !== 0) machine.memory.float32(bias, this.output.channelStep).fill(0);
    const groups = this.#groups(pass);
    const slots = this.#slots;
    const atOnce = slots?.groups ?? groups;
    for (let from = 0; from < groups; from += atOnce) {
      const end = Math.min(groups, from + atOnce);
      team.forEach(from, end, 2 * this.#groupNs, (...share) => {
        this.#eachImage(before, 'at', pass, share, (place) => before.images.take(place));
        this.#eachImage(behind, 'derivatives', pass, share, (place) => behind.images.take(place));
        this.#addGradients(gradients, slots?.at(share[1] - from) ?? null, pass, share);
        if (!isAsked) return;
        this.#multiply(behind, transposed, before, pass, share);
        this.#eachImage(before, 'derivatives', pass, share, (place) =>
          before.images.give(place, 0),
        );
      });
      slots?.add(team, end - from, gradients);
    }
    this.#filters.back(kernel, this.#room(0, 'tile'));
  }

  #eachImage(
    { signal, offset }: Side,
    values: 'at' | 'derivatives',
    pass: Pass,
    [kernels, group, lane]: Share,
    work: (place: TiledPlace) => void,
  ): void {
    const room = this.#room(lane, 'tile');
    const images = this.#imagesOf(group, pass);
    for (let i = 0; i < images; i += 1) {
      const image = signal[values] + 4 * (group * this.#together + i) * signal.width;
      const points = this.#panel(lane) + offset + 4 * i * this.#tiles * signal.channelStep;
      work({ kernels, lane, image, points, room });
    }
  }

  /** From one side of the convolution to the other, at each point. */
  #multiply(
    from: Side,
    filters: Address,
    to: Side,
    pass: Pass,
    [kernels, group, lane]: Share,
  ): void {
    const panel = this.#panel(lane);
    const rows = this.#imagesOf(group, pass) * this.#tiles;
    for (let point = 0; point < POINTS; point += 1) {
      kernels.multiply(
        panel + from.offset + point * from.images.pointStep,
        4 * from.signal.channelStep,
        4,
        filters + point * this.#filters.pointStep,
        0,
        panel + to.offset + point * to.images.pointStep,
        rows,
        to.signal.channelStep,
        from.signal.channelStep,
        panel,
      );
    }
  }

  /** Adds a group's to the gradients at the points, or leaves them in a slot. */
  #addGradients(
    gradients: Gradients,
    slot: Address | null,
    pass: Pass,
    [kernels, group, lane]: Share,
  ): void {
    const [panel, own] = [this.#panel(lane), this.#room(lane, 'sums')];
    const images = this.#imagesOf(group, pass);
    const [inputs, filters] = [this.#inputs.signal.channelStep, this.output.channelStep];
    const step = this.#filters.pointStep;
    for (let point = 0; point < POINTS; point += 1) {
      const left = panel + this.#inputs.offset + point * this.#inputs.images.pointStep;
      const right = panel + this.#outputs.offset + point * this.#outputs.images.pointStep;
      const sums = slot === null ? own : slot + point * step;
      const rows = images * this.#tiles;
      kernels.multiply(left, 4, 4 * inputs, right, 0, sums, inputs, filters, rows, panel);
      if (slot === null) kernels.add(gradients.kernel + point * step, sums, step);
    }
    if (gradients.bias === 0) return;
    const { derivatives, width } = this.output;
    const given = derivatives + 4 * group * this.#together * width;
    const sums = slot === null ? own : slot + this.#filters.bytes;
    kernels.sumRows(given, (images * width) / filters, filters, sums);
    if (slot === null) kernels.add(gradients.bias, sums, 4 * filters);
  }

  #groups({ rows }: Pass): number {
    return Math.ceil(heightOf(rows) / this.#together);
  }

  #imagesOf(group: number, { rows }: Pass): number {
    return Math.min(this.#together, heightOf(rows) - group * this.#together);
  }

  #panel(lane: number): Address {
    const { scratch } = this.#site;
    return scratch.at + lane * scratch.step;
  }

  #room(lane: number, name: keyof Offsets): Address {
    return this.#panel(lane) + this.#offsets[name];
  }

  /** About how long the products of a group take. */
  get #groupNs(): number {
    return this.#together * this.#tiles * (this.#filters.bytes / 4) * PRODUCT_NS;
  }
}

/** Images of a group: so many that their tiles are a multiple of four. Batches of fours are no less full for it. */
function togetherOf(tiles: number): number {
  let images = 1;
  while ((images * tiles) % 4 !== 0 || images * tiles < TILES) images *= 2;
  return images;
}
