import * as tf from '@tensorflow/tfjs-core';
import { placeLayers, type PlacedLayer, type PlacedTensor } from '#core/networks/place-layers.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import type { NetworkTensors } from '#engine/networks/network.ts';
import { tensorKindOf } from './registry.ts';
import type { TensorPass } from './tensor-layer.ts';

/** A tensor of a network, as tfjs keeps it. */
export interface NetworkVariable {
  readonly plan: PlacedTensor;
  readonly variable: tf.Variable;
}

/** The layers of a network as tensors, and what goes through them. */
export class TensorStack {
  /** In the order of the network's weights. */
  readonly variables: readonly NetworkVariable[];
  readonly #placed: readonly PlacedLayer[];
  readonly #plan: NetworkPlan;
  readonly #seed: number;
  readonly #named: ReadonlyMap<string, tf.Variable>;

  /** @param seed the training's own; 0 where the network only answers */
  constructor(plan: NetworkPlan, weights: NetworkTensors, seed = 0) {
    this.#plan = plan;
    this.#seed = seed;
    this.#placed = placeLayers(plan);
    this.variables = this.#placed.flatMap(({ tensors }) =>
      tensors.map((one) => ({ plan: one, variable: variableOf(one, weights) })),
    );
    this.#named = new Map(this.variables.map(({ plan: { name }, variable }) => [name, variable]));
  }

  /** Those that the optimizer changes. */
  get trained(): readonly NetworkVariable[] {
    return this.variables.filter(({ plan }) => plan.trained);
  }

  /** Logits or standardized values, [rows, outputs]; of texts [rows, places, outputs]. Call inside a tidy. */
  forward(rows: tf.Tensor2D, pass: TensorPass): tf.Tensor2D {
    const input = tf.reshape(rows, [-1, ...this.#plan.input]);
    const output = this.#placed.reduce<tf.Tensor>((current, placed) => {
      const names = new Map(placed.tensors.map(({ role, name }) => [role, name]));
      const tensor = (role: string): tf.Variable => this.#variable(names.get(role) ?? role);
      const site = { placed, tensor, pass, seed: this.#seed };
      return tensorKindOf(placed.layer).forward(current, placed.layer, site);
    }, input);
    return output as tf.Tensor2D;
  }

  #variable(name: string): tf.Variable {
    const variable = this.#named.get(name);
    if (variable === undefined) throw new RangeError(`the network has no tensor ${name}`);
    return variable;
  }

  async read(): Promise<NetworkTensors> {
    return Promise.all(
      this.variables.map(async ({ plan: { name, shape }, variable }) => ({
        name,
        shape,
        values: Float32Array.from(await variable.data()),
      })),
    );
  }

  /** @throws RangeError where a tensor is not among them */
  load(weights: NetworkTensors): void {
    for (const { plan, variable } of this.variables) {
      const tensor = tensorNamed(plan, weights);
      variable.assign(tensor);
      tensor.dispose();
    }
  }

  free(): void {
    tf.dispose(this.variables.map(({ variable }) => variable));
  }
}

function tensorNamed({ name, shape }: PlacedTensor, weights: NetworkTensors): tf.Tensor {
  const given = weights.find((one) => one.name === name);
  if (given === undefined) throw new RangeError(`there are no weights ${name}`);
  return tf.tensor(given.values.slice(), [...shape]);
}

/** A variable that starts as the tensor, which is then freed: on its own it would stay. */
function variableOf(plan: PlacedTensor, weights: NetworkTensors): tf.Variable {
  const tensor = tensorNamed(plan, weights);
  const variable = tf.variable(tensor, plan.trained);
  tensor.dispose();
  return variable;
}
