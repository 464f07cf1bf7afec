import type { KernelMemory } from '#core/kernels/kernel-memory.ts';
import type { MaxPoolLayer } from '#core/networks/layer.ts';
import { maxPool as maxPoolKind } from '#core/networks/layers/max-pool.ts';
import { imageOf } from '#core/networks/window.ts';
import type { KernelLayer, KernelLayerKind, KernelSite, Pass } from './kernel-layer.ts';
import { heightOf, type Layout, type Signal } from './signal.ts';
import type { Team } from './team.ts';

/** About how long a number of an image takes. */
const POOL_NS = 0.4;

/** Channels lie in eights, as convolutions give them. */
export const maxPool: KernelLayerKind<MaxPoolLayer> = {
  outputLayout,
  store() {
    throw new RangeError('a pool has no tensors');
  },
  build: (layer, site) => new MaxPool(layer, site),
};

function outputLayout(layer: MaxPoolLayer, input: Layout): Layout {
  const { channelStep } = input;
  if (channelStep % 8 !== 0) throw new RangeError('a pool comes behind a convolution');
  const shape = maxPoolKind.outputShape(layer, input.shape);
  const [height, width] = imageOf(shape);
  return { shape, channelStep, width: height * width * channelStep };
}

class MaxPool implements KernelLayer {
  readonly output: Signal;
  readonly #memory: KernelMemory;
  readonly #team: Team;
  readonly #input: Signal;
  /** Pixels of what it gives. */
  readonly #height: number;
  readonly #width: number;
  /** Bytes of a line and a pixel of what it gets. */
  readonly #lineStep: number;
  readonly #pixelStep: number;
  /** About how long one takes. */
  readonly #rowNs: number;
  /** Whether an odd line or column is left over, which gets no derivative. */
  readonly #leavesOver: boolean;

  constructor(layer: MaxPoolLayer, { machine, input, rows, trains, team }: KernelSite) {
    const layout = outputLayout(layer, input);
    const take = (): number => machine.memory.take(4 * heightOf(rows) * layout.width);
    const [height, width] = imageOf(input.shape);
    [this.#height, this.#width] = imageOf(layout.shape);
    this.output = { ...layout, at: take(), derivatives: trains ? take() : 0 };
    this.#memory = machine.memory;
    this.#team = team;
    this.#input = input;
    this.#rowNs = input.width * POOL_NS;
    this.#pixelStep = 4 * input.channelStep;
    this.#lineStep = width * this.#pixelStep;
    this.#leavesOver = height % 2 === 1 || width % 2 === 1;
  }

  forward({ rows }: Pass): void {
    const [height, width] = [this.#height, this.#width];
    this.#team.forEach(0, heightOf(rows), this.#rowNs, (kernels, row) => {
      const from = this.#input.at + 4 * row * this.#input.width;
      const to = this.output.at + 4 * row * this.output.width;
      kernels.maxPool(from, this.#lineStep, this.#pixelStep, height, width, to);
    });
  }

  back({ rows }: Pass): void {
    const { at, derivatives, width: step } = this.#input;
    if (derivatives === 0) return;
    if (this.#leavesOver) this.#memory.float32(derivatives, heightOf(rows) * step).fill(0);
    this.#team.forEach(0, heightOf(rows), this.#rowNs, (kernels, row) => {
      const given = this.output.derivatives + 4 * row * this.output.width;
      kernels.maxPoolBack(
        at + 4 * row * step,
        this.#lineStep,
        this.#pixelStep,
        this.#height,
        this.#width,
        given,
        derivatives + 4 * row * step,
      );
    });
  }
}
