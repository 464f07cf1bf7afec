import { sizeOf, type ActivationLayer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { placeLayers, type PlacedLayer, type PlacedTensor } from '#core/networks/place-layers.ts';
import { storedAt, vectorsOf, type StoredTensor } from './stored-tensors.ts';

/** A fully connected layer, with the activation and the dropout behind it; widths are filled up with zeros to multiples of 4. */
export interface DenseLayerPlan {
  /** Its kernel and its bias. */
  readonly tensors: readonly PlacedTensor[];
  readonly inputs: number;
  readonly outputs: number;
  readonly inputWidth: number;
  readonly outputWidth: number;
  readonly activation: ActivationLayer['function'] | null;
  /** The dropout behind it: its share, and its place among the network's layers. */
  readonly dropout: { readonly share: number; readonly index: number } | null;
  /** Where the kernel [inputWidth, outputWidth] and the bias [outputWidth] stand among the weights. */
  readonly kernel: number;
  readonly bias: number;
  /** Where, for each four rows, the layer's input stands, its output, and the derivatives by its sums. */
  readonly given: number;
  readonly gives: number;
  readonly derivatives: number;
}

/** A network of fully connected layers on the GPU. All places and lengths count vectors of four float32. */
export interface DenseNetworkPlan {
  readonly network: NetworkPlan;
  readonly layers: readonly DenseLayerPlan[];
  /** Kernels and biases. */
  readonly stored: readonly StoredTensor[];
  /** Of all of them. The kernels stand once more behind them, transposed, each as far behind as this. */
  readonly trainedLength: number;
  /** What four rows take on their way through the network and back; a vector is one number of each row. */
  readonly quadLength: number;
}

/** Places a network's layers, or gives null where it has other ones than fully connected layers with a bias. */
export function planDense(network: NetworkPlan): DenseNetworkPlan | null {
  const bare = denseLayersOf(network);
  if (bare === null) return null;
  let trainedLength = 0;
  let quadLength = bare[0]?.inputWidth ?? 0;
  let given = 0;
  const layers = bare.map((layer) => {
    const kernel = trainedLength;
    const bias = kernel + (layer.inputWidth * layer.outputWidth) / 4;
    trainedLength = bias + layer.outputWidth / 4;
    const [gives, derivatives] = [quadLength, quadLength + layer.outputWidth];
    quadLength = derivatives + layer.outputWidth;
    const placed = { ...layer, kernel, bias, given, gives, derivatives };
    given = gives;
    return placed;
  });
  const stored = layers.flatMap(({ tensors, kernel, bias }) =>
    tensors.map((one) => storedAt(one, one.role === 'bias' ? bias : kernel)),
  );
  return { network, layers, stored, trainedLength, quadLength };
}

type BareLayer = Omit<DenseLayerPlan, 'kernel' | 'bias' | 'given' | 'gives' | 'derivatives'>;

/** Fully connected layers, each with what stands behind it; behind the last one nothing does. */
function denseLayersOf(network: NetworkPlan): BareLayer[] | null {
  const found: BareLayer[] = [];
  for (const placed of placeLayers(network)) {
    const before = found.at(-1);
    switch (placed.layer.kind) {
      case 'dense':
        if (placed.layer.bias === false) return null;
        found.push(bareLayerOf(placed));
        break;
      case 'activation':
        if (before?.activation !== null || before.dropout !== null) return null;
        found[found.length - 1] = { ...before, activation: placed.layer.function };
        break;
      case 'dropout': {
        if (before?.dropout !== null) return null;
        const dropout = { share: placed.layer.share, index: placed.index };
        found[found.length - 1] = { ...before, dropout };
        break;
      }
      default:
        return null;
    }
  }
  const last = found.at(-1);
  return last?.activation === null && last.dropout === null ? found : null;
}

function bareLayerOf({ input, output, tensors }: PlacedLayer): BareLayer {
  const [inputs, outputs] = [sizeOf(input), sizeOf(output)];
  return {
    tensors,
    ...{ inputs, outputs },
    ...{ inputWidth: widthOf(inputs), outputWidth: widthOf(outputs) },
    activation: null,
    dropout: null,
  };
}

function widthOf(size: number): number {
  return 4 * vectorsOf(size);
}
