import * as tf from '@tensorflow/tfjs';
import { zipSync } from 'fflate';
import { noise } from './experiment.ts';

/** Models of TensorFlow.js as a person has them: made and answered by TensorFlow.js itself. */
export { tf };

const HALVES = ['group1-shard1of2.bin', 'group1-shard2of2.bin'] as const;

/** A model's files by their names. */
export type ModelFiles = Readonly<Record<string, Uint8Array>>;

/** They keep their weights beyond any scope. */
const graphs: tf.GraphModel[] = [];

/** To be called before and after a file's tests: what they make is gone for those of other files. */
export async function startTfjs(): Promise<void> {
  await tf.setBackend('cpu');
  tf.engine().startScope();
}

export function endTfjs(): void {
  for (const graph of graphs.splice(0)) graph.dispose();
  tf.engine().endScope();
  tf.disposeVariables();
}

/** Weights between −0.5 and 0.5 by their place alone, and variances around 1. */
export function fill(model: tf.LayersModel): void {
  const values = model.weights.map((weight, i) => {
    const size = weight.shape.reduce<number>((product, side) => product * (side ?? 1), 1);
    const isVariance = weight.name.includes('variance');
    const numbers = Float32Array.from(
      { length: size },
      (_, at) => noise(at, i) - (isVariance ? -0.5 : 0.5),
    );
    return tf.tensor(numbers, weight.shape as number[]);
  });
  model.setWeights(values);
}

/** Numbers between 0 and 1. @returns [count, height, width, 3] */
export function someImages(count: number, height: number, width: number): Float32Array {
  return Float32Array.from({ length: count * height * width * 3 }, (_, i) => noise(i, 3));
}

export async function artifactsOf(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let kept: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      kept = artifacts;
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' },
      });
    }),
  );
  if (kept === undefined) throw new Error('nothing was saved');
  return kept;
}

/** The files of saved artifacts, the weights cut in two in the middle of a number. */
export function filesOf(
  { modelTopology, weightSpecs, weightData, signature }: tf.io.ModelArtifacts,
  format: 'layers-model' | 'graph-model' = 'layers-model',
): ModelFiles {
  const bytes = new Uint8Array(weightData as ArrayBuffer);
  const cut = Math.floor(bytes.length / 2) + 1;
  const json = {
    ...{ format, modelTopology, signature },
    weightsManifest: [{ paths: HALVES, weights: weightSpecs }],
  };
  return {
    'model.json': new TextEncoder().encode(JSON.stringify(json)),
    [HALVES[0]]: bytes.slice(0, cut),
    [HALVES[1]]: bytes.slice(cut),
  };
}

export function zipOf(files: ModelFiles): Uint8Array {
  return zipSync(files);
}

/** What TensorFlow.js gives, images with their channels first. @returns a list for each output's numbers, row by row */
export function answersOf(tensor: tf.Tensor): Float32Array {
  const ordered = tensor.rank === 4 ? tf.transpose(tensor, [0, 3, 1, 2]) : tensor;
  return ordered.dataSync() as Float32Array;
}

type Attribute = Readonly<Record<string, unknown>>;

const base64 = (text: string) => Buffer.from(text).toString('base64');
export const text = (value: string): Attribute => ({ s: base64(value) });
export const ints = (...values: readonly number[]): Attribute => ({
  list: { i: values.map(String) },
});
export const floatOf = (f: number): Attribute => ({ f });
export const flag = (b: boolean): Attribute => ({ b });
export const texts = (...values: readonly string[]): Attribute => ({
  list: { s: values.map(base64) },
});

export interface GraphPart {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, Attribute>>;
}

/** A constant of a graph: floats by their place, or the numbers given. */
export interface GraphConstant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly whole?: readonly number[];
  readonly values?: readonly number[];
  /** The least of the floats by their place. */
  readonly from?: number;
}

/** A graph-model as TensorFlow's converter writes one, its input `image` and its last node the output. */
export function graphArtifacts(
  sizes: readonly number[],
  constants: readonly GraphConstant[],
  parts: readonly GraphPart[],
): tf.io.ModelArtifacts {
  const dim = sizes.map((size) => ({ size: String(size) }));
  const type = { dtype: { type: 'DT_FLOAT' } };
  const node = [
    ...constants.map(({ name, whole }) => ({
      ...{ name, op: 'Const' },
      attr: {
        dtype: { type: whole === undefined ? 'DT_FLOAT' : 'DT_INT32' },
        value: { tensor: { dtype: 'DT_FLOAT', tensorShape: {} } },
      },
    })),
    { name: 'image', op: 'Placeholder', attr: { ...type, shape: { shape: { dim } } } },
    ...parts.map(({ attr = {}, ...part }) => ({
      ...part,
      attr: { T: { type: 'DT_FLOAT' }, ...attr },
    })),
  ];
  const lists = constants.map(({ shape, whole, values, from = -0.5 }, salt) => {
    if (values !== undefined) return Float32Array.from(values);
    const size = shape.reduce((product, side) => product * side, 1);
    return whole === undefined
      ? Float32Array.from({ length: size }, (_, i) => noise(i, salt) + from)
      : Int32Array.from(whole);
  });
  const weightData = new Uint8Array(lists.flatMap((list) => [...new Uint8Array(list.buffer)]))
    .buffer;
  const weightSpecs = constants.map(({ name, shape, whole }) => ({
    ...{ name, shape: [...shape] },
    dtype: whole === undefined ? ('float32' as const) : ('int32' as const),
  }));
  const last = parts.at(-1)?.name ?? 'image';
  const signature = {
    inputs: { image: { name: 'image:0' } },
    outputs: { output: { name: `${last}:0` } },
  };
  return {
    ...{ modelTopology: { node, versions: {} }, weightSpecs, weightData },
    ...{ format: 'graph-model', signature },
  };
}

export async function loadGraph(artifacts: tf.io.ModelArtifacts): Promise<tf.GraphModel> {
  const graph = await tf.loadGraphModel(tf.io.fromMemory(artifacts));
  graphs.push(graph);
  return graph;
}
