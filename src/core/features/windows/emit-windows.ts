import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { RollingStatistic, WindowPlan } from '#core/spec/forecast.ts';
import { rollingFeatures } from './window-features.ts';

/**
 * Writes `windowFeatures` into the graph.
 * @param windows float64 [N, rows], oldest first
 * @returns float64 [N, features]
 */
export function emitWindows(
  graph: GraphBuilder,
  windows: TensorName,
  plan: WindowPlan,
): TensorName {
  const places = plan.lags.map((lag) => plan.rows - 1 - lag);
  const lags = graph.node('Gather', [windows, integers(graph, places)], { axis: 1 });
  const byWindow = new Map<number, RollingWindow>();
  const rolling = rollingFeatures(plan).map(({ window, statistic }) => {
    const found = byWindow.get(window) ?? new RollingWindow(graph, windows, plan.rows, window);
    byWindow.set(window, found);
    return found.statistic(statistic);
  });
  return graph.concat([lags, ...rolling]);
}

/** The last values of every record, and statistics of them. */
class RollingWindow {
  readonly #graph: GraphBuilder;
  readonly #values: TensorName;
  readonly #size: number;
  readonly #mean: TensorName;

  constructor(graph: GraphBuilder, windows: TensorName, rows: number, size: number) {
    this.#graph = graph;
    this.#size = size;
    const [from, to, axis] = [rows - size, rows, 1].map((one) => integers(graph, [one]));
    this.#values = graph.node('Slice', [windows, from ?? '', to ?? '', axis ?? '']);
    this.#mean = graph.node('Div', [this.#sum(this.#values), this.#number(size)]);
  }

  /** @returns float64 [N, 1] */
  statistic(statistic: RollingStatistic): TensorName {
    if (statistic === 'mean') return this.#mean;
    return statistic === 'std' ? this.#deviation() : this.#extreme(statistic);
  }

  #deviation(): TensorName {
    const graph = this.#graph;
    const differences = graph.node('Sub', [this.#values, this.#mean]);
    const squares = this.#sum(graph.node('Mul', [differences, differences]));
    return graph.node('Sqrt', [graph.node('Div', [squares, this.#number(this.#size - 1)])]);
  }

  /** Runtimes differ in what is least beside NaN; the mean knows whether there is one. */
  #extreme(statistic: 'min' | 'max'): TensorName {
    const graph = this.#graph;
    const operator = statistic === 'min' ? 'ReduceMin' : 'ReduceMax';
    const found = graph.node(operator, [this.#values, integers(graph, [1])], { keepdims: 1 });
    return graph.node('Where', [graph.node('IsNaN', [this.#mean]), this.#mean, found]);
  }

  /** CumSum adds one value after the other, as the trainer does; ReduceSum would add them in another order. */
  #sum(values: TensorName): TensorName {
    const graph = this.#graph;
    const axis = graph.constant(BigInt64Array.of(1n), []);
    const sums = graph.node('CumSum', [values, axis]);
    return graph.node('Gather', [sums, integers(graph, [this.#size - 1])], { axis: 1 });
  }

  #number(value: number): TensorName {
    return this.#graph.constant(Float64Array.of(value), [1]);
  }
}

function integers(graph: GraphBuilder, values: readonly number[]): TensorName {
  return graph.constant(
    BigInt64Array.from(values, (value) => BigInt(value)),
    [values.length],
  );
}
