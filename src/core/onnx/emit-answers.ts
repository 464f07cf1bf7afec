import type { AnswerKind } from '#core/models/estimator.ts';
import { ANOMALY_LABELS, groupLabels } from '#core/spec/answer-labels.ts';
import type { GraphBuilder, TensorName } from './graph-builder.ts';

/**
 * Names what a model without a target answers: `label` [N] with `distances` or `probabilities` float32 [N, k], or with
 * `score` and `threshold` float32 [N, 1]; or `components` float32 [N, k] and `reconstruction_error` float32 [N, 1].
 * @param numbers as `AnswerKind` says, float32
 * @param k how many groups or components there are
 */
export function emitAnswers(
  graph: GraphBuilder,
  numbers: TensorName,
  kind: Exclude<AnswerKind, 'text'>,
  k: number,
): void {
  const taken = (name: string, from: number, count: number): void => {
    outputPart(graph, numbers, name, from, count);
  };
  if (kind === 'components') {
    taken('components', 0, k);
    taken('reconstruction_error', k, 1);
    return;
  }
  emitLabels(graph, numbers, kind, k);
  if (kind !== 'score') {
    graph.output(kind, 'float32', numbers, k);
    return;
  }
  taken('threshold', 0, 1);
  taken('score', 1, 1);
}

/** The same of texts: `probabilities` float32 [N, characters] of what comes next, and `nats` float32 [N, 1]. */
export function emitTextAnswers(
  graph: GraphBuilder,
  numbers: TensorName,
  characters: number,
): void {
  outputPart(graph, numbers, 'probabilities', 0, characters);
  outputPart(graph, numbers, 'nats', characters, 1);
}

/** Some columns of the numbers, under a name of their own. */
function outputPart(
  graph: GraphBuilder,
  numbers: TensorName,
  name: string,
  from: number,
  count: number,
): void {
  const places = BigInt64Array.from({ length: count }, (_, at) => BigInt(from + at));
  const at = graph.constant(places, [count]);
  graph.output(name, 'float32', graph.node('Gather', [numbers, at], { axis: 1 }), count);
}

function emitLabels(graph: GraphBuilder, numbers: TensorName, kind: AnswerKind, k: number): void {
  const labels: readonly string[] = kind === 'score' ? ANOMALY_LABELS : groupLabels(k);
  const winner = graph.node(kind === 'distances' ? 'ArgMin' : 'ArgMax', [numbers], {
    axis: 1,
    keepdims: 0,
  });
  const names = graph.constant([...labels], [labels.length], 'labels');
  graph.output('label', 'string', graph.node('Gather', [names, winner], { axis: 0 }));
}
