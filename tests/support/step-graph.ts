import type { GraphInput } from '#core/engine.ts';
import type { FeatureColumn } from '#core/features/column.ts';
import type { FeatureStep, StepState } from '#core/features/step.ts';
import { GraphBuilder } from '#core/onnx/graph-builder.ts';

/** A step as it was fitted on some columns, and columns like those. */
export interface FittedStep {
  readonly state: StepState;
  readonly columns: readonly FeatureColumn[];
}

/**
 * A step as an ONNX file, once for each time it was fitted: inputs `x0_0`, `x0_1`, … [N, 1], and
 * `features0` [N, width], float64 or text.
 */
export function stepGraph(step: FeatureStep, fitted: readonly FittedStep[]): Uint8Array {
  const inputNames = fitted.flatMap(({ columns }, i) => columns.map((_, j) => `x${i}_${j}`));
  const graph = new GraphBuilder([...inputNames, ...fitted.map((_, i) => `features${i}`)]);
  for (const [i, { state, columns }] of fitted.entries()) {
    const features = step.transform(columns, state);
    const inputs = columns.map(({ kind }, j) =>
      graph.input(`x${i}_${j}`, kind === 'numeric' ? 'float64' : 'string', 1),
    );
    const type = features[0]?.kind === 'text' ? 'string' : 'float64';
    const tensor = step.emit(graph, graph.concat(inputs), state);
    graph.output(`features${i}`, type, tensor, features.length);
  }
  return graph.finish({ graphName: 'step', producerVersion: '0', docString: '', metadata: {} });
}

/** Columns as the graph takes them. */
export function stepFeeds(
  tables: readonly (readonly FeatureColumn[])[],
): Record<string, GraphInput> {
  return Object.fromEntries(
    tables.flatMap((columns, i) =>
      columns.map((column, j): [string, GraphInput] => [
        `x${i}_${j}`,
        column.kind === 'numeric'
          ? { dtype: 'float64', values: column.values }
          : { dtype: 'string', values: column.values },
      ]),
    ),
  );
}
