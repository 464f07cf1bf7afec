import type { Address } from '#core/kernels/kernel-memory.ts';
import { dropKey, dropLimit } from '#core/networks/drop-mask.ts';
import { placesOf, type TransformerBlockLayer } from '#core/networks/layer.ts';
import { blockDropLayer } from '#core/networks/layers/transformer-block.ts';
import { Attention, attentionKeeps } from './attention.ts';
import type { KernelLayer, KernelLayerKind, KernelSite, Pass } from './kernel-layer.ts';
import { Norm } from './norm.ts';
import { Product, storePlain } from './product.ts';
import { heightOf, type Signal } from './signal.ts';

export const transformerBlock: KernelLayerKind<TransformerBlockLayer> = {
  outputLayout: (_, input) => input,
  store: storePlain,
  keeps(layer, input) {
    const places = placesOf(input.shape);
    return places * (8 * input.channelStep + 2 * layer.hidden) + attentionKeeps(layer, input);
  },
  build: (layer, site) => new TransformerBlock(layer, site),
};

class TransformerBlock implements KernelLayer {
  readonly output: Signal;
  readonly #layer: TransformerBlockLayer;
  readonly #site: KernelSite;
  readonly #places: number;
  readonly #first: Norm;
  readonly #attention: Attention;
  readonly #out: Product;
  readonly #second: Norm;
  readonly #up: Product;
  readonly #down: Product;
  /** What went into attention, what it saw, and the sum with what came in; the same for the hidden layer. */
  readonly #normed: Address;
  readonly #seen: Address;
  readonly #looked: Address;
  readonly #raised: Address;
  readonly #hidden: Address;
  readonly #active: Address;
  /** On the way back: derivatives of a vector's numbers, twice, and of the hidden layer's. */
  readonly #slopes: Address;
  readonly #others: Address;
  readonly #wide: Address;

  constructor(layer: TransformerBlockLayer, site: KernelSite) {
    const { machine, input, trains } = site;
    const places = placesOf(input.shape);
    const size = input.channelStep;
    const rows = heightOf(site.rows) * places;
    const take = (width: number): Address => machine.memory.take(4 * rows * width);
    const between = (inputs: number, units: number) => ({ rows, inputs, units });
    this.#layer = layer;
    this.#site = site;
    this.#places = places;
    this.#first = new Norm(site, 'first_', rows, size);
    this.#attention = new Attention(layer, site, rows);
    this.#out = new Product(site, { kernel: 'out', bias: 'out_bias' }, between(size, size));
    this.#second = new Norm(site, 'second_', rows, size);
    this.#up = new Product(site, { kernel: 'up', bias: 'up_bias' }, between(size, layer.hidden));
    this.#down = new Product(
      site,
      { kernel: 'down', bias: 'down_bias' },
      between(layer.hidden, size),
    );
    this.#normed = take(size);
    this.#seen = take(size);
    this.#looked = take(size);
    this.#raised = take(size);
    this.#hidden = take(layer.hidden);
    this.#active = take(layer.hidden);
    this.#slopes = trains ? take(size) : 0;
    this.#others = trains ? take(size) : 0;
    this.#wide = trains ? take(layer.hidden) : 0;
    this.output = { ...input, at: take(size), derivatives: trains ? take(size) : 0 };
  }

  forward({ rows: texts, step }: Pass): void {
    const rows = texts * this.#places;
    this.#first.forward(this.#site.input.at, rows, this.#normed);
    this.#attention.forward(this.#normed, texts, this.#seen);
    this.#out.forward(this.#seen, rows, this.#looked);
    this.#drop(this.#looked, this.#looked, rows, 0, step);
    this.#add(this.#looked, this.#site.input.at, rows);
    this.#second.forward(this.#looked, rows, this.#raised);
    this.#up.forward(this.#raised, rows, this.#hidden);
    this.#activate(rows * this.#layer.hidden);
    this.#down.forward(this.#active, rows, this.output.at);
    this.#drop(this.output.at, this.output.at, rows, 1, step);
    this.#add(this.output.at, this.#looked, rows);
  }

  back({ rows: texts, step }: Pass): void {
    const rows = texts * this.#places;
    const { derivatives } = this.output;
    const [slopes, others] = [this.#slopes, this.#others];
    this.#drop(derivatives, slopes, rows, 1, step);
    this.#down.backToTensors(this.#active, slopes, rows);
    this.#down.backToInput(slopes, rows, this.#wide);
    this.#activateBack(rows * this.#layer.hidden);
    this.#up.backToTensors(this.#raised, this.#wide, rows);
    this.#up.backToInput(this.#wide, rows, slopes);
    this.#second.back(slopes, rows);
    this.#add(derivatives, slopes, rows);

    this.#drop(derivatives, slopes, rows, 0, step);
    this.#out.backToTensors(this.#seen, slopes, rows);
    this.#out.backToInput(slopes, rows, others);
    this.#attention.back(this.#normed, others, texts, slopes);
    this.#first.back(slopes, rows);
    this.#add(derivatives, slopes, rows);
    const { memory } = this.#site.machine;
    const { derivatives: before, channelStep } = this.#site.input;
    if (before === 0) return;
    memory.octets.copyWithin(before, derivatives, derivatives + 4 * rows * channelStep);
  }

  #activate(count: number): void {
    const { machine } = this.#site;
    if (this.#layer.activation === 'gelu') {
      machine.kernels.gelu(this.#hidden, this.#active, count);
      return;
    }
    const end = this.#hidden + 4 * count;
    machine.memory.octets.copyWithin(this.#active, this.#hidden, end);
    machine.kernels.relu(this.#active, count);
  }

  #activateBack(count: number): void {
    const { reluBack, geluBack } = this.#site.machine.kernels;
    if (this.#layer.activation === 'gelu') geluBack(this.#wide, this.#hidden, count);
    else reluBack(this.#wide, this.#active, count);
  }

  /** Copies numbers, in training without those that are dropped. */
  #drop(from: Address, to: Address, rows: number, part: 0 | 1, step: number | null): void {
    const { machine, seed, placed, input } = this.#site;
    const width = input.channelStep;
    const { dropout } = this.#layer;
    if (dropout === 0 || step === null) {
      if (from !== to) machine.memory.octets.copyWithin(to, from, from + 4 * rows * width);
      return;
    }
    const key = dropKey({ seed, step, layer: blockDropLayer(placed.index, part) });
    const factor = 1 / (1 - dropout);
    machine.kernels.dropout(from, to, rows, width, 4 * width, key, dropLimit(dropout), factor);
  }

  #add(to: Address, from: Address, rows: number): void {
    this.#site.machine.kernels.add(to, from, 4 * rows * this.#site.input.channelStep);
  }
}
