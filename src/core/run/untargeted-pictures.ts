import { histogramOf } from '#core/data/profile/histogram.ts';
import type { FeatureColumn } from '#core/features/column.ts';
import { byCodePoint } from '#core/features/categories/code-points.ts';
import { mean, mostFrequent } from '#core/features/statistics.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import type { UntargetedAnswers } from '#core/untargeted-answers.ts';
import { componentMap } from './component-map.ts';
import type { Part } from './fit-parts.ts';

/** Inputs that a group is described by. */
const DESCRIBED_COLUMNS = 30;
/** Rows of the highest scores that are listed. */
const HIGHEST_ROWS = 20;

type Groups = NonNullable<CandidateRecord['groups']>['test'];
type Anomalies = NonNullable<CandidateRecord['anomalies']>['test'];

export type UntargetedPictures = Pick<CandidateRecord, 'groups' | 'anomalies' | 'map'>;

/** What a report shows of a model without a target: what its groups hold, how its scores lie, or a map of the rows. */
export function untargetedPictures(
  heldOut: { readonly validation: Part; readonly test: Part },
  answers: { readonly validation: UntargetedAnswers; readonly test: UntargetedAnswers },
): UntargetedPictures {
  const ofBoth = <Picture>(of: (part: Part, answers: UntargetedAnswers) => Picture) => ({
    validation: of(heldOut.validation, answers.validation),
    test: of(heldOut.test, answers.test),
  });
  switch (answers.test.kind) {
    case 'score':
      return { anomalies: ofBoth(anomaliesOf) };
    case 'text':
      return {};
    case 'components':
      return { map: ofBoth(componentMap) };
    default:
      return { groups: ofBoth(groupsOf) };
  }
}

function groupsOf({ columns }: Part, { labels, width }: UntargetedAnswers): Groups {
  return Array.from({ length: width }, (_, group) => {
    const rows = Array.from(labels.keys()).filter((row) => labels[row] === group);
    return {
      rows: rows.length,
      columns: columns
        .filter((column) => column.kind !== 'window' && column.kind !== 'image')
        .slice(0, DESCRIBED_COLUMNS)
        .map((column) => described(column, rows)),
    };
  });
}

/** A column's mean in some rows, or its most frequent text; neither where it has no value in them. */
function described(
  column: FeatureColumn,
  rows: readonly number[],
): Groups[number]['columns'][number] {
  const { name } = column;
  if (column.kind === 'numeric') {
    const values = Float64Array.from(rows, (row) => column.values[row] ?? NaN).filter(
      (value) => !Number.isNaN(value),
    );
    return values.length === 0 ? { name } : { name, mean: mean(values) };
  }
  const texts = rows.map((row) => column.values[row] ?? '').filter((text) => text !== '');
  const value = mostFrequent(texts, byCodePoint);
  if (value === undefined) return { name };
  return { name, most: { value, rows: texts.filter((text) => text === value).length } };
}

/** Of a part with at least one row. */
function anomaliesOf({ rows }: Part, { labels, numbers }: UntargetedAnswers): Anomalies {
  const scores = Float64Array.from(labels, (_, row) => numbers[2 * row + 1] ?? NaN);
  const { edges, counts } = histogramOf(scores.toSorted());
  const order = Array.from(scores.keys()).sort(
    (a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b,
  );
  return {
    threshold: numbers[0] ?? 0,
    flagged: labels.reduce((sum, label) => sum + label, 0),
    histogram: { edges: [...edges], counts: [...counts] },
    highest: order
      .slice(0, HIGHEST_ROWS)
      .map((row) => ({ row: (rows[row] ?? 0) + 1, score: scores[row] ?? 0 })),
  };
}
