import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import { placeLayers } from '#core/networks/place-layers.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { Address } from '#core/kernels/kernel-memory.ts';
import { Arena } from './arena.ts';
import type { KernelLayer, Pass } from './kernel-layer.ts';
import { kernelKindOf } from './registry.ts';
import { Scratch } from './scratch.ts';
import { denseLayout, heightOf, type Layout, type Signal } from './signal.ts';
import type { StoredTensor } from './stored-tensor.ts';

/** The layers of a network in the kernels' memory, and what goes through them. */
export class Stack {
  readonly machine: NetworkMachine;
  readonly arena: Arena;
  readonly input: Signal;
  readonly output: Signal;
  readonly #layers: readonly KernelLayer[];

  /**
   * @param rows that go through at once, at most
   * @param seed the training's own; null where the network only answers
   */
  constructor(machine: NetworkMachine, plan: NetworkPlan, rows: number, seed: number | null) {
    const trains = seed !== null;
    const { memory } = machine;
    const placed = placeLayers(plan);
    this.machine = machine;
    this.arena = new Arena(memory, storedTensors(plan), trains);
    const scratch = new Scratch();
    const layout = denseLayout(plan.input);
    const at = memory.take(4 * heightOf(rows) * layout.width);
    this.input = { ...layout, at, derivatives: 0 };
    let signal = this.input;
    this.#layers = placed.map((one) => {
      const names = new Map(one.tensors.map(({ role, name }) => [role, name]));
      const built = kernelKindOf(one.layer).build(one.layer, {
        machine,
        placed: one,
        input: signal,
        rows,
        trains,
        seed: seed ?? 0,
        tensor: (role) => this.arena.place(names.get(role) ?? role),
        scratch,
      });
      signal = built.output;
      return built;
    });
    this.output = signal;
    scratch.allocate(memory);
  }

  /** Sends the rows that stand in the input through all layers. */
  forward(pass: Pass): void {
    for (const layer of this.#layers) layer.forward(pass);
  }

  /** From the derivatives by the output to those by all trained tensors. */
  back(pass: Pass): void {
    for (let i = this.#layers.length - 1; i >= 0; i -= 1) this.#layers[i]?.back(pass);
  }

  /** Puts rows of features at a place, each as long as the input's. */
  place({ values, width }: FeatureMatrix, from: number, rows: number, at: Address): void {
    const target = this.machine.memory.float32(at, rows * this.input.width);
    for (let row = 0; row < rows; row += 1) {
      const start = (from + row) * width;
      target.set(values.subarray(start, start + width), row * this.input.width);
    }
  }
}

function storedTensors(plan: NetworkPlan): StoredTensor[] {
  let layout: Layout = denseLayout(plan.input);
  return placeLayers(plan).flatMap(({ layer, tensors }) => {
    const kind = kernelKindOf(layer);
    const stored = tensors.map((tensor) => kind.store(tensor, layout));
    layout = kind.outputLayout(layer, layout);
    return stored;
  });
}
