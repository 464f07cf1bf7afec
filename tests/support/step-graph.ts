import type { GraphInput } from '#core/engine.ts';
import type { FeatureColumn } from '#core/features/column.ts';
import type { FeatureStep, StepState } from '#core/features/step.ts';
import { GraphBuilder } from '#core/onnx/graph-builder.ts';

/** A step alone as an ONNX file: inputs `x0`, `x1`, … [N, 1], and `features` [N, width], float64 or text. */
export function stepGraph(
  step: FeatureStep,
  state: StepState,
  columns: readonly FeatureColumn[],
): Uint8Array {
  const features = step.transform(columns, state);
  const type = features[0]?.kind === 'text' ? 'string' : 'float64';
  const graph = new GraphBuilder(['features', ...columns.map((_, j) => `x${j}`)]);
  const inputs = columns.map(({ kind }, j) =>
    graph.input(`x${j}`, kind === 'numeric' ? 'float64' : 'string', 1),
  );
  graph.output('features', type, step.emit(graph, graph.concat(inputs), state), features.length);
  return graph.finish({ graphName: 'step', producerVersion: '0', docString: '', metadata: {} });
}

/** Columns as the graph takes them. */
export function stepFeeds(columns: readonly FeatureColumn[]): Record<string, GraphInput> {
  return Object.fromEntries(
    columns.map((column, j) => [
      `x${j}`,
      column.kind === 'numeric'
        ? { dtype: 'float64', values: column.values }
        : { dtype: 'string', values: column.values },
    ]),
  );
}
