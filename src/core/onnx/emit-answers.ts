import type { AnswerKind } from '#core/models/estimator.ts';
import { ANOMALY_LABELS, groupLabels } from '#core/spec/answer-labels.ts';
import type { GraphBuilder, TensorName } from './graph-builder.ts';

/**
 * Names what a model without a target answers: `label` [N], beside it `distances` or `probabilities` float32 [N, k], or
 * `score` and `threshold` float32 [N, 1].
 * @param numbers as `AnswerKind` says, float32 [N, width]
 */
export function emitAnswers(
  graph: GraphBuilder,
  numbers: TensorName,
  kind: AnswerKind,
  width: number,
): void {
  const labels: readonly string[] = kind === 'score' ? ANOMALY_LABELS : groupLabels(width);
  const winner = graph.node(kind === 'distances' ? 'ArgMin' : 'ArgMax', [numbers], {
    axis: 1,
    keepdims: 0,
  });
  const names = graph.constant([...labels], [labels.length], 'labels');
  graph.output('label', 'string', graph.node('Gather', [names, winner], { axis: 0 }));
  if (kind !== 'score') {
    graph.output(kind, 'float32', numbers, width);
    return;
  }
  for (const [at, name] of (['threshold', 'score'] as const).entries()) {
    const place = graph.constant(BigInt64Array.of(BigInt(at)), [1]);
    graph.output(name, 'float32', graph.node('Gather', [numbers, place], { axis: 1 }), 1);
  }
}
