import type { Address } from '#core/kernels/kernel-memory.ts';
import type { AllKernels, NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { TensorPlace } from '../kernel-layer.ts';
import { POINTS, pointFactors } from './tiles.ts';

/** A convolution's filters [size, size, inputs, filters] at the points, [36, inputs, filters] or [36, filters, inputs]. */
export class TiledFilters {
  /** Bytes from point to point, and of all points'. */
  readonly pointStep: number;
  readonly bytes: number;
  readonly #machine: NetworkMachine;
  readonly #kernel: TensorPlace;
  readonly #size: number;
  readonly #inputs: number;
  readonly #filters: number;

  constructor(
    machine: NetworkMachine,
    kernel: TensorPlace,
    { size, inputs, filters }: { size: number; inputs: number; filters: number },
  ) {
    this.pointStep = 4 * inputs * filters;
    this.bytes = POINTS * this.pointStep;
    this.#machine = machine;
    this.#kernel = kernel;
    this.#size = size;
    this.#inputs = inputs;
    this.#filters = filters;
  }

  /** Brings the filters to the points. @param room for four numbers at the points */
  take(to: Address, room: Address): void {
    this.#machine.kernels.spreadTiles(...this.#where(this.#kernel.at, to, room));
    this.#scale(to);
  }

  transpose(from: Address, to: Address): void {
    const { transpose } = this.#machine.kernels;
    for (let at = 0; at < this.bytes; at += this.pointStep) {
      transpose(from + at, this.#inputs, this.#filters, to + at);
    }
  }

  /** From the derivatives by the filters at the points, which are lost, to the kernel's gradient. */
  back(from: Address, room: Address): void {
    this.#scale(from);
    this.#machine.kernels.gatherTiles(...this.#where(this.#kernel.gradient, from, room), 0);
  }

  #scale(filters: Address): void {
    const { scale } = this.#machine.kernels;
    for (const [point, factor] of pointFactors.entries()) {
      scale(filters + point * this.pointStep, this.pointStep / 4, factor);
    }
  }

  /** A filter is one tile, with all of its weights for a place as the channels of a pixel. */
  #where(kernel: Address, points: Address, room: Address): Parameters<AllKernels['takeTiles']> {
    const [size, step] = [this.#size, this.pointStep];
    return [kernel, size * step, step, size, 1, 1, points, step, room];
  }
}
