import type { Address, KernelMemory } from '#core/kernels/kernel-memory.ts';
import type { Gradients } from './gradient-sums.ts';
import type { Team } from './team.ts';

/** Slots take about so much, and there are at most so many groups for each lane: the first ones are in near memory still. */
const SLOTS_BYTES = 4e6;
const SLOTS_EACH = 16;

/** What all groups of rows have in common. */
interface GroupShape {
  /** How many groups there are, at most, and sums of each. */
  readonly groups: number;
  readonly chunks: number;
  /** What a sum takes: first what is added to a kernel's gradient, then to a bias's. */
  readonly kernelBytes: number;
  readonly biasBytes: number;
}

/**
 * Gradients that several threads sum up, each those of some groups of rows: what one thread adds one after the other
 * lies in slots, and is added in the same order when all have done theirs.
 */
export class GradientSlots {
  /** Groups at once, at most. */
  readonly groups: number;
  readonly #at: Address;
  readonly #shape: GroupShape;
  /** Bytes of a slot. */
  readonly #bytes: number;

  constructor(memory: KernelMemory, shape: GroupShape, lanes: number) {
    this.#shape = shape;
    this.#bytes = shape.kernelBytes + shape.biasBytes;
    const room = Math.floor(SLOTS_BYTES / (shape.chunks * this.#bytes));
    const wanted = Math.max(lanes, Math.min(SLOTS_EACH * lanes, room));
    this.groups = Math.min(shape.groups, wanted);
    this.#at = memory.take(this.groups * shape.chunks * this.#bytes);
  }

  /** The slot of one of a group's sums. @param group counted from 0 */
  at(group: number, chunk = 0): Address {
    return this.#at + (group * this.#shape.chunks + chunk) * this.#bytes;
  }

  /** Adds the sums of the first groups, in their order. */
  add(team: Team, groups: number, { kernel, bias }: Gradients): void {
    const { chunks, kernelBytes, biasBytes } = this.#shape;
    const slots = groups * chunks;
    const pieces = team.lanes;
    const size = 32 * Math.ceil(kernelBytes / 32 / pieces);
    team.forEach(0, pieces, (slots * size) / 8, (kernels, piece) => {
      const from = Math.min(kernelBytes, piece * size);
      const bytes = Math.min(kernelBytes, from + size) - from;
      for (let slot = 0; slot < slots; slot += 1) {
        kernels.add(kernel + from, this.#at + slot * this.#bytes + from, bytes);
      }
    });
    if (bias === 0) return;
    team.forEach(0, 1, 0, (kernels) => {
      for (let slot = 0; slot < slots; slot += 1) {
        kernels.add(bias, this.#at + slot * this.#bytes + kernelBytes, biasBytes);
      }
    });
  }
}
