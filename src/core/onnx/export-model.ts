import type { FeaturePipeline } from '#core/features/pipeline.ts';
import type { Estimator, EmittedModel } from '#core/models/estimator.ts';
import { TREES_KEY, type TreeLegend } from '#core/models/trees/shown/tree-legend.ts';
import { OUTPUT_NAMES, outputNames } from '#core/spec/build-contract.ts';
import type { Contract, ContractInput } from '#core/spec/contract.ts';
import { VERSION } from '#core/version.ts';
import { emitAnswers, emitTextAnswers } from './emit-answers.ts';
import { GraphBuilder } from './graph-builder.ts';

/** Metadata keys of the file. */
export const CONTRACT_KEY = 'terrarium.contract';
const CLASSES_KEY = 'classes';

/**
 * Writes the whole model, from raw records to predictions, as one ONNX file. Inputs are the contract's
 * columns, shape [N, 1], [N, rows] of a forecast's windows, or [N, height, width, channels] of images. Outputs are `label` [N] strings and `probabilities`
 * [N, classes] float32, `value` [N, 1] float64, or `score` [N, 1] float32; without a target what `emitAnswers` says. Nothing in it depends on when
 * or where it was written: same weights, same bytes.
 *
 * @param legend how its trees are read, where it has some
 */
export function exportModel(
  contract: Contract,
  pipeline: FeaturePipeline,
  estimator: Estimator,
  model: EmittedModel,
  legend?: TreeLegend,
): Uint8Array {
  const graph = new GraphBuilder([
    ...outputNames(contract.task),
    ...contract.inputs.map((input) => input.tensor),
  ]);
  const tensors = new Map(
    contract.inputs.map((input) => [
      input.name,
      graph.input(input.tensor, input.dtype, ...sizesOf(input)),
    ]),
  );
  const parts = estimator.emitSparse === undefined ? null : pipeline.emitParts(graph, tensors);
  const answers =
    (parts && estimator.emitSparse?.(graph, parts, model)) ??
    estimator.emit(graph, pipeline.emit(graph, tensors), model);
  const { classes } = contract.target;
  if (estimator.answers === 'text') {
    emitTextAnswers(graph, answers, classes?.length ?? 0);
  } else if (estimator.answers !== undefined) {
    emitAnswers(graph, answers, estimator.answers, answersOf(estimator, model));
  } else if (contract.task === 'ranking') {
    graph.output(OUTPUT_NAMES.score, 'float32', answers, 1);
  } else if (classes === undefined) emitValue(graph, answers, contract);
  else {
    const winner = graph.node('ArgMax', [answers], { axis: 1, keepdims: 0 });
    const labels = graph.constant(classes, [classes.length], 'classes');
    graph.output(OUTPUT_NAMES.label, 'string', graph.node('Gather', [labels, winner], { axis: 0 }));
    graph.output(OUTPUT_NAMES.probabilities, 'float32', answers, classes.length);
  }
  return graph.finish({
    graphName: contract.name,
    producerVersion: VERSION,
    docString: `${estimator.title} for ${contract.target.name}, over raw records.`,
    metadata: {
      [CONTRACT_KEY]: JSON.stringify(contract),
      ...(classes === undefined ? {} : { [CLASSES_KEY]: JSON.stringify(classes) }),
      ...(legend === undefined ? {} : { [TREES_KEY]: JSON.stringify(legend) }),
    },
  });
}

/** An input's shape behind N. */
export function sizesOf({ window, preprocessing }: ContractInput): readonly number[] {
  if (preprocessing === undefined) return [window?.rows ?? 1];
  const { height, width, channels } = preprocessing;
  return [height, width, channels];
}

/** How many groups a model without a target has, which is its parameter k, or components. */
function answersOf({ axes }: Estimator, { parameters, weights }: EmittedModel): number {
  if (axes !== undefined) return axes(weights).axes.length;
  return typeof parameters['k'] === 'number' ? parameters['k'] : 1;
}

/**
 * Back from the standardized target to its own unit, in float64: (z + mean ÷ deviation) · deviation. onnxruntime
 * takes an Add of a constant near 0 for nothing and drops it, so the mean of a small-valued target is not added as is.
 */
function emitValue(graph: GraphBuilder, standardized: string, contract: Contract): void {
  const { mean = 0, standardDeviation = 1 } = contract.target;
  const wide = graph.cast(standardized, 'float64');
  const shift = graph.constant(Float64Array.of(mean / standardDeviation), [1]);
  const scale = graph.constant(Float64Array.of(standardDeviation), [1]);
  const value = graph.node('Mul', [graph.node('Add', [wide, shift]), scale]);
  graph.output(OUTPUT_NAMES.value, 'float64', value, 1);
}
