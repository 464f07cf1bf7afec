import { murmurHash } from '#core/murmur-hash.ts';
import type { PlacePart } from '#core/onnx/feature-parts.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { booleanOf, numberOf } from '#core/spec/parameters.ts';
import { textColumns, type FeatureColumn, type TextFeature } from '../column.ts';
import { columnsOfSparse, numberedNames, SparseRowsWriter } from '../sparse-rows.ts';
import type { SparseFeatures } from '../sparse-rows.ts';
import type { FeatureStep, StepState } from '../step.ts';

interface HashingState extends StepState {
  readonly columns: number;
  /** Features of each column. */
  readonly width: number;
  /** Whether half of the texts count −1, so that texts that share a feature do not add up. */
  readonly signed: boolean;
}

export const hashing: FeatureStep<HashingState> = {
  name: 'hashing',
  title: 'Hash',
  summary:
    'Spreads categories over a fixed number of features by a hash of their text: also those that were not seen, and the model file holds no names.',
  accepts: ['categorical'],
  gives: 'numeric',
  parameters: [
    {
      name: 'n_features',
      label: 'Features',
      kind: 'integer',
      min: 2,
      max: 262_144,
      default: 32,
      help: 'Of each column; the fewer there are, the more categories share one.',
    },
    {
      name: 'alternate_sign',
      label: 'Alternate signs',
      kind: 'boolean',
      default: true,
      help: 'Half of the categories count −1 instead of 1, so that those that share a feature differ more often.',
    },
  ],

  fit: (columns, parameters) => ({
    columns: columns.length,
    width: numberOf(parameters, 'n_features'),
    signed: booleanOf(parameters, 'alternate_sign'),
  }),

  transform: (columns, state) => columnsOfSparse(spreadAll(columns, state)),

  transformSparse: spreadAll,

  emit(graph, input, state) {
    const all = Array.from({ length: state.width }, (_, place) => place);
    const parts = emitHashes(graph, input, state).map(({ place, value }) => {
      const marks = graph.mlNode('OneHotEncoder', [place], { cats_int64s: all, zeros: 1 });
      const wide = graph.cast(marks, 'float64');
      return value === undefined ? wide : graph.node('Mul', [wide, value]);
    });
    return graph.concat(parts);
  },

  emitPlaces: emitHashes,
};

/** Of each column, where a text has its feature and whether that is 1 or −1. */
function emitHashes(
  graph: GraphBuilder,
  input: TensorName,
  { columns, width, signed }: HashingState,
): readonly PlacePart[] {
  const int = (value: number) => graph.constant(BigInt64Array.of(BigInt(value)), []);
  const hashed = graph.microsoftNode('MurmurHash3', [input], { positive: 0, seed: 0 });
  const hash = graph.cast(hashed, 'int64');
  const places = graph.node('Mod', [graph.node('Abs', [hash]), int(width)]);
  const [minus = '', plus = ''] = [-1, 1].map((sign) => graph.constant(Float64Array.of(sign), []));
  const signs = graph.node('Where', [graph.node('Less', [hash, int(0)]), minus, plus]);
  return Array.from({ length: columns }, (_, j) => {
    const place = graph.node('Gather', [places, int(j)], { axis: 1 });
    if (!signed) return { kind: 'place', place, width };
    const index = graph.constant(BigInt64Array.of(BigInt(j)), [1]);
    return {
      kind: 'place',
      place,
      value: graph.node('Gather', [signs, index], { axis: 1 }),
      width,
    };
  });
}

function spreadAll(
  columns: readonly FeatureColumn[],
  state: HashingState,
): readonly SparseFeatures[] {
  return textColumns(columns).map((column) => spread(column, state));
}

/** As scikit-learn's FeatureHasher spreads the texts of each column by themselves. */
function spread({ name, values }: TextFeature, { width, signed }: HashingState): SparseFeatures {
  const rows = new SparseRowsWriter(values.length);
  const known = new Map<string, number>();
  for (const text of values) {
    const hash = known.get(text) ?? murmurHash(text, 0) | 0;
    known.set(text, hash);
    rows.add(Math.abs(hash) % width, signed && hash < 0 ? -1 : 1);
    rows.endRow();
  }
  return { kind: 'sparse', names: numberedNames(name, width), rows: rows.finish() };
}
