import { inputError } from '#core/errors.ts';
import { booleanOf, numberOf } from '#core/spec/parameters.ts';
import { numericColumns, type NumericFeature } from '../column.ts';
import { refuseTooMany } from '../refuse-too-many.ts';
import { takeColumns } from '../row-constant.ts';
import type { FeatureStep, StepState } from '../step.ts';

interface PolynomialState extends StepState {
  /** The columns, by index and in rising order, whose product each feature is. */
  readonly terms: readonly (readonly number[])[];
}

const MOST_TERMS = 5000;

export const polynomial: FeatureStep<PolynomialState> = {
  name: 'polynomial',
  title: 'Products',
  summary:
    'The numbers themselves, their powers, and products of several: what a linear model cannot see.',
  accepts: ['numeric'],
  gives: 'same',
  parameters: [
    {
      name: 'degree',
      label: 'Degree',
      kind: 'integer',
      min: 2,
      max: 3,
      default: 2,
      help: 'Most factors of a product.',
    },
    {
      name: 'interaction_only',
      label: 'Without powers',
      kind: 'boolean',
      default: false,
      help: 'Only products of different columns.',
    },
  ],

  fit(columns, parameters, training) {
    const degree = numberOf(parameters, 'degree');
    const distinct = booleanOf(parameters, 'interaction_only');
    const features = countTerms(columns.length, degree, distinct);
    if (features > MOST_TERMS) {
      throw inputError(
        'too_many_features',
        `The step polynomial would make ${features.toLocaleString('en')} features of ${columns.length} columns, and it makes at most ${MOST_TERMS.toLocaleString('en')}.`,
        'Name fewer columns for it, lower the degree, or put a select or pca step before it.',
        { path: 'steps' },
      );
    }
    refuseTooMany('polynomial', features, training.target.length);
    return { terms: termsOf(columns.length, degree, distinct) };
  },

  transform(columns, { terms }) {
    const numbers = numericColumns(columns);
    return terms.map((term) => product(numbers, term));
  },

  emit(graph, input, { terms }) {
    const sizes = [1, 2, 3].map((size) => terms.filter((term) => term.length === size));
    return graph.concat(
      sizes
        .filter((own) => own.length > 0)
        .map((own) => {
          const size = own[0]?.length ?? 0;
          const factors = Array.from({ length: size }, (_, place) =>
            takeColumns(
              graph,
              input,
              own.map((term) => term[place] ?? 0),
            ),
          );
          return factors.reduce((left, right) => graph.node('Mul', [left, right]));
        }),
    );
  },
};

/** In scikit-learn's order: by degree, then by columns. */
function termsOf(columns: number, degree: number, distinct: boolean): number[][] {
  const all: number[][] = [];
  let longest: number[][] = [[]];
  for (let size = 1; size <= degree; size += 1) {
    longest = longest.flatMap((term) => {
      const last = term[term.length - 1];
      const first = last === undefined ? 0 : distinct ? last + 1 : last;
      return Array.from({ length: Math.max(0, columns - first) }, (_, i) => [...term, first + i]);
    });
    all.push(...longest);
  }
  return all;
}

/** How many terms there are: of each size s, s of n columns, with repetition unless they are distinct. */
function countTerms(columns: number, degree: number, distinct: boolean): number {
  let sum = 0;
  let ways = 1;
  for (let size = 1; size <= degree; size += 1) {
    ways = (ways * (distinct ? Math.max(0, columns - size + 1) : columns + size - 1)) / size;
    sum += ways;
  }
  return sum;
}

function product(columns: readonly NumericFeature[], term: readonly number[]): NumericFeature {
  const factors = term.flatMap((j) => columns[j] ?? []);
  const [first, ...others] = factors;
  if (first === undefined) throw new RangeError('a product of no column');
  const values = first.values.slice();
  for (const other of others) {
    for (let i = 0; i < values.length; i += 1)
      values[i] = (values[i] ?? NaN) * (other.values[i] ?? NaN);
  }
  return { kind: 'numeric', name: nameOf(factors), values };
}

/** `a`, `a × b`, `a²`, `a² × b`. */
function nameOf(factors: readonly NumericFeature[]): string {
  const counts = new Map<NumericFeature, number>();
  for (const factor of factors) counts.set(factor, (counts.get(factor) ?? 0) + 1);
  return [...counts]
    .map(([{ name }, count]) => `${name}${['', '', '²', '³'][count] ?? ''}`)
    .join(' × ');
}
