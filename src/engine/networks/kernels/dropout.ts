import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import { dropKey, dropLimit } from '#core/networks/drop-mask.ts';
import type { DropoutLayer } from '#core/networks/layer.ts';
import { numberMatrix, type ChannelMatrix } from './channels.ts';
import type { KernelLayer, KernelLayerKind, KernelSite, Pass } from './kernel-layer.ts';
import { heightOf, type Signal } from './signal.ts';

export const dropout: KernelLayerKind<DropoutLayer> = {
  outputLayout: (_, input) => input,
  store() {
    throw new RangeError('dropout has no tensors');
  },
  build: (layer, site) =>
    site.trains ? new Dropout(layer, site) : { output: site.input, forward, back: forward },
};

/** What answers drops nothing. */
function forward(): void {
  // What it gives is what it gets.
}

/** The masks are made of the step's number, on the way there and again on the way back. */
class Dropout implements KernelLayer {
  readonly output: Signal;
  readonly #machine: NetworkMachine;
  readonly #input: Signal;
  readonly #matrix: ChannelMatrix;
  readonly #share: number;
  readonly #place: { readonly seed: number; readonly layer: number };

  constructor({ share }: DropoutLayer, { machine, input, rows, placed, seed }: KernelSite) {
    this.#machine = machine;
    this.#input = input;
    this.#matrix = numberMatrix(input);
    this.#share = share;
    this.#place = { seed, layer: placed.index };
    this.output = { ...input, at: machine.memory.take(4 * heightOf(rows) * input.width) };
  }

  forward(pass: Pass): void {
    if (pass.step === null) this.#copy(pass.rows);
    else this.#drop(this.#input.at, this.output.at, pass.rows, pass.step);
  }

  back({ rows, step }: Pass): void {
    const { derivatives } = this.output;
    if (derivatives !== 0 && step !== null) this.#drop(derivatives, derivatives, rows, step);
  }

  #drop(from: number, to: number, rows: number, step: number): void {
    const { places, channels, step: width } = this.#matrix;
    const share = this.#share;
    this.#machine.kernels.dropout(
      from,
      to,
      rows * places,
      channels,
      4 * width,
      dropKey({ ...this.#place, step }),
      dropLimit(share),
      1 / (1 - share),
    );
  }

  #copy(rows: number): void {
    const { at, width } = this.#input;
    this.#machine.memory.octets.copyWithin(this.output.at, at, at + 4 * rows * width);
  }
}
