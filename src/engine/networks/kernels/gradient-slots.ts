import type { Address, KernelMemory } from '#core/kernels/kernel-memory.ts';
import type { NetworkKernels } from '#core/kernels/network-kernels.ts';
import { CHUNK, sumsBytes, type Gradients, type ProductRows } from './gradient-sums.ts';
import { heightOf } from './signal.ts';
import type { Team } from './team.ts';

/** Slots take about so much, and there are at most so many for each lane: the first ones are in near memory still. */
const SLOTS_BYTES = 4e6;
const SLOTS_EACH = 16;

/** What all groups of rows have in common. */
interface GroupShape extends Pick<ProductRows, 'rows' | 'factorStep' | 'factorSize' | 'width'> {
  /** How many groups there are, at most. */
  readonly groups: number;
}

/**
 * Gradients that several threads sum up, each those of some groups of rows: what `addGradients` adds one after the other
 * lies in slots, and is added in the same order when all have done theirs.
 */
export class GradientSlots {
  /** Groups at once, at most. */
  readonly groups: number;
  readonly #at: Address;
  readonly #chunks: number;
  /** Bytes of a slot, of which the first ones are a kernel's. */
  readonly #bytes: number;
  readonly #kernelBytes: number;
  readonly #biasBytes: number;

  constructor(memory: KernelMemory, shape: GroupShape, lanes: number) {
    this.#chunks = Math.ceil(shape.rows / CHUNK);
    this.#kernelBytes = 4 * heightOf(shape.factorSize) * shape.width;
    this.#biasBytes = 4 * shape.width;
    this.#bytes = sumsBytes(shape) + this.#biasBytes;
    const room = Math.floor(SLOTS_BYTES / (this.#chunks * this.#bytes));
    const wanted = Math.max(lanes, Math.min(SLOTS_EACH * lanes, room));
    this.groups = Math.min(shape.groups, wanted);
    this.#at = memory.take(this.groups * this.#chunks * this.#bytes);
  }

  /** Sums up a group's rows, as many as were said. @param group counted from 0 */
  sum(
    kernels: Pick<NetworkKernels, 'multiply' | 'sumRows'>,
    group: number,
    { rows, factor, factorStep, factorSize, given, width }: ProductRows,
    panel: Address,
  ): void {
    const height = heightOf(factorSize);
    let slot = this.#at + group * this.#chunks * this.#bytes;
    for (let from = 0; from < rows; from += CHUNK) {
      const count = Math.min(CHUNK, rows - from);
      const [left, right] = [factor + 4 * from * factorStep, given + 4 * from * width];
      kernels.multiply(left, 4, 4 * factorStep, right, 0, slot, height, width, count, panel);
      kernels.sumRows(right, count, width, slot + this.#kernelBytes);
      slot += this.#bytes;
    }
  }

  /** Adds the sums of the first groups, in their order. */
  add(team: Team, groups: number, { kernel, bias }: Gradients): void {
    const slots = groups * this.#chunks;
    const pieces = team.lanes;
    const size = 32 * Math.ceil(this.#kernelBytes / 32 / pieces);
    team.forEach(0, pieces, (slots * size) / 8, (kernels, piece) => {
      const from = Math.min(this.#kernelBytes, piece * size);
      const bytes = Math.min(this.#kernelBytes, from + size) - from;
      for (let slot = 0; slot < slots; slot += 1) {
        kernels.add(kernel + from, this.#at + slot * this.#bytes + from, bytes);
      }
    });
    if (bias === 0) return;
    team.forEach(0, 1, 0, (kernels) => {
      for (let slot = 0; slot < slots; slot += 1) {
        const sums = this.#at + slot * this.#bytes + this.#kernelBytes;
        kernels.add(bias, sums, this.#biasBytes);
      }
    });
  }
}
