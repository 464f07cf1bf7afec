import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import { placeLayers, type PlacedLayer } from '#core/networks/place-layers.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { Address } from '#core/kernels/kernel-memory.ts';
import { Arena } from './arena.ts';
import type { KernelLayer, Pass } from './kernel-layer.ts';
import { kernelKindOf } from './registry.ts';
import { Scratch } from './scratch.ts';
import { sharingMachine } from './shared-kernels.ts';
import { denseLayout, heightOf, type Layout, type Signal } from './signal.ts';
import type { StoredTensor } from './stored-tensor.ts';
import { Team } from './team.ts';

/** What goes through the layers may take so many bytes, where its rows need not all go at once. */
const BLOCK_BYTES = 64e6;

/** The layers of a network in the kernels' memory, and what goes through them. */
export class Stack {
  /** Its kernels share out what is worth it among the threads that were lent. */
  readonly machine: NetworkMachine;
  readonly arena: Arena;
  readonly input: Signal;
  readonly output: Signal;
  readonly #layers: readonly KernelLayer[];

  /**
   * @param rows that go through at once, at most
   * @param seed the training's own; null where the network only answers
   * @param roundMs work that one thread does in less time is left to it where there are several
   */
  constructor(
    own: NetworkMachine,
    plan: NetworkPlan,
    rows: number,
    seed: number | null,
    roundMs = 0,
  ) {
    const trains = seed !== null;
    const { memory } = own;
    const placed = placeLayers(plan);
    const team = new Team(own, roundMs);
    const scratch = new Scratch(team.lanes);
    const machine = sharingMachine(own, scratch, roundMs);
    this.machine = machine;
    this.arena = new Arena(memory, storedTensors(plan), trains);
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
        team,
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

  /** The same, and shows what each layer gives before the next one may work in its place. */
  forwardSeen(pass: Pass, see: (layer: number, given: Signal) => void): void {
    for (const [i, layer] of this.#layers.entries()) {
      layer.forward(pass);
      see(i, layer.output);
    }
  }

  /** From the derivatives by the output to those by all trained tensors. */
  back(pass: Pass): void {
    for (let i = this.#layers.length - 1; i >= 0; i -= 1) this.#layers[i]?.back(pass);
  }

  /** Puts rows of features at a place, each as long as the input's. */
  place(
    { values, width }: Pick<FeatureMatrix, 'values' | 'width'>,
    from: number,
    rows: number,
    at: Address,
  ): void {
    const target = this.machine.memory.float32(at, rows * this.input.width);
    for (let row = 0; row < rows; row += 1) {
      const start = (from + row) * width;
      target.set(values.subarray(start, start + width), row * this.input.width);
    }
  }
}

/**
 * How many rows may go through at once where nobody says how many have to: fewer where they are large, as images are.
 * @param most rows at most
 */
export function rowsAtOnce(plan: NetworkPlan, most: number): number {
  const numbers = layoutsOf(plan).map(
    ({ layer, input, output }) => output.width + (kernelKindOf(layer).keeps?.(layer, input) ?? 0),
  );
  const bytes = 4 * numbers.reduce((sum, one) => sum + one, denseLayout(plan.input).width);
  return Math.min(most, Math.max(4, 4 * Math.floor(BLOCK_BYTES / (4 * bytes))));
}

function storedTensors(plan: NetworkPlan): StoredTensor[] {
  return layoutsOf(plan).flatMap(({ layer, tensors, input }) =>
    tensors.map((tensor) => kernelKindOf(layer).store(tensor, input)),
  );
}

interface LaidLayer extends Pick<PlacedLayer, 'layer' | 'tensors'> {
  readonly input: Layout;
  readonly output: Layout;
}

/** The layers, with how rows lie before and behind each. */
function layoutsOf(plan: NetworkPlan): LaidLayer[] {
  let input: Layout = denseLayout(plan.input);
  return placeLayers(plan).map(({ layer, tensors }) => {
    const laid = { layer, tensors, input, output: kernelKindOf(layer).outputLayout(layer, input) };
    input = laid.output;
    return laid;
  });
}
