import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { choicesOf } from '#core/spec/parameters.ts';
import { textColumns, type FeatureColumn, type NumericFeature } from '../column.ts';
import type { FeatureStep, StepState } from '../step.ts';
import {
  circleNames,
  circles,
  circleTable,
  dateFields,
  dateParts,
  exactDays,
  partOf,
  type Circle,
  type DateFields,
  type DatePart,
} from './date-fields.ts';
import { EmittedDates } from './emit-dates.ts';

interface DatePartsState extends StepState {
  readonly parts: readonly DatePart[];
  readonly cyclical: readonly Circle[];
  /** Days since 1970 of the earliest training date of each column; 0 where there is none. */
  readonly earliest: readonly number[];
}

const axes = ['sin', 'cos'] as const;

export const datePartsStep: FeatureStep<DatePartsState> = {
  name: 'date_parts',
  title: 'Parts of dates',
  summary:
    'Numbers from dates: year, month, weekday, hour, days since the earliest training date, and places on a circle, so that December stands beside January. A time with an offset counts in UTC, any other as it is written; a missing date gives missing numbers.',
  accepts: ['datetime'],
  gives: 'numeric',
  parameters: [
    {
      name: 'parts',
      label: 'Parts',
      kind: 'choice_list',
      choices: dateParts,
      default: ['year', 'month', 'weekday', 'hour', 'elapsed_days'],
      help: 'One feature each. Weekdays count from Monday, 0; elapsed_days from the earliest training date; is_missing is 1 where there is no date.',
    },
    {
      name: 'cyclical',
      label: 'On a circle',
      kind: 'choice_list',
      choices: circleNames,
      default: ['month', 'weekday', 'day_of_year', 'hour'],
      help: 'A sine and a cosine each: of 12 months, 7 weekdays, 366 days of the year, 24 hours.',
    },
  ],

  fit(columns, parameters) {
    return {
      parts: dateParts.filter((part) => choicesOf(parameters, 'parts').includes(part)),
      cyclical: circleNames.filter((name) => choicesOf(parameters, 'cyclical').includes(name)),
      earliest: fieldsOf(columns).map(({ rows }) => earliestOf(rows)),
    };
  },

  transform(columns, { parts, cyclical, earliest }) {
    const read = fieldsOf(columns);
    return [
      ...parts.flatMap((part) =>
        read.map(({ name, rows }, j) =>
          numbers(`${name}.${part}`, rows, (fields) => partOf(fields, part, earliest[j] ?? 0)),
        ),
      ),
      ...cyclical.flatMap((circle) =>
        axes.flatMap((axis) => {
          const table = circleTable(circle, axis);
          const place = (fields: DateFields | null) =>
            table[partOf(fields, circle, 0) - circles[circle].first] ?? NaN;
          return read.map(({ name, rows }) => numbers(`${name}.${circle}_${axis}`, rows, place));
        }),
      ),
    ];
  },

  emit(graph, input, { parts, cyclical, earliest }) {
    const dates = new EmittedDates(graph, input, earliest);
    const missing = graph.constant(Float64Array.of(NaN), [1]);
    const orMissing = (value: TensorName) => graph.node('Where', [dates.present, value, missing]);
    return graph.concat([
      ...parts.map((part) =>
        part === 'is_missing'
          ? graph.cast(graph.node('Not', [dates.present]), 'float64')
          : orMissing(dates.part(part)),
      ),
      ...cyclical.flatMap((circle) =>
        axes.map((axis) => orMissing(onCircle(graph, dates.part(circle), circle, axis))),
      ),
    ]);
  },
};

function fieldsOf(columns: readonly FeatureColumn[]) {
  return textColumns(columns).map(({ name, values }) => ({ name, rows: values.map(dateFields) }));
}

function earliestOf(rows: readonly (DateFields | null)[]): number {
  let earliest = Infinity;
  for (const fields of rows) {
    if (fields !== null) earliest = Math.min(earliest, exactDays(fields));
  }
  return earliest === Infinity ? 0 : earliest;
}

function numbers(
  name: string,
  rows: readonly (DateFields | null)[],
  value: (fields: DateFields | null) => number,
): NumericFeature {
  return { kind: 'numeric', name, values: Float64Array.from(rows, value) };
}

function onCircle(
  graph: GraphBuilder,
  part: TensorName,
  circle: Circle,
  axis: 'sin' | 'cos',
): TensorName {
  const { places, first } = circles[circle];
  const table = graph.constant(circleTable(circle, axis), [places], `${circle}_${axis}`);
  const place = graph.node('Sub', [part, graph.constant(Float64Array.of(first), [1])]);
  return graph.node('Gather', [table, graph.cast(place, 'int64')], { axis: 0 });
}
