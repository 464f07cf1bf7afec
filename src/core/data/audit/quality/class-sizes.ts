import { estimators } from '#core/models/registry.ts';
import type { Spec } from '#core/spec/spec.ts';
import type { Detector } from '../detector.ts';
import { asMissing } from '../as-missing.ts';
import type { Finding, Remedy } from '../finding.ts';
import type { AuditTarget } from '../audit-target.ts';
import { counted, figure, firstRows, percent, quoted } from '../wording.ts';

/** From 10 to 1 on, accuracy is high for a model that knows one class only (He and Garcia, 2009). */
const IMBALANCED = 10;
/** From 4 to 1 (80% against 20%) on it is worth knowing when metrics are read. */
const UNEVEN = 4;
/** A class should have so many rows in the test part that one error does not halve its figures. */
const FEW_TEST_ROWS = 2;
const SOME_TEST_ROWS = 5;
const USUAL_TEST_SHARE = 0.2;
/** A remedy names no more classes than a person would read. */
const MOST_LEFT_OUT = 20;

export const classSizes: Detector = {
  codes: ['class_imbalance', 'few_rows_per_class'],
  detect({ target, spec, rows }) {
    if (target === null || target.task !== 'classification' || target.labels.length < 2) return [];
    const share =
      spec?.split.method === 'column' ? USUAL_TEST_SHARE : (spec?.split.test ?? USUAL_TEST_SHARE);
    return [...imbalance(target, rows, spec), ...fewRows(target, share, rows)];
  },
};

/** What lets every model that takes weights of rows count all classes the same, and whether each is balanced already. */
function weighing(spec: Spec | null): { readonly remedies: Remedy[]; readonly isSettled: boolean } {
  const value = { method: 'class_weight', parameters: {} };
  const weighed = [...(spec?.candidates ?? []).entries()].filter(([, { model }]) => {
    const estimator = estimators.find(({ name }) => name === model);
    return estimator?.acceptsWeights === true && estimator.baseline !== true;
  });
  const changes = weighed.flatMap(([i, { balance }]) =>
    balance === undefined ? [{ path: `candidates[${i}].balance`, value }] : [],
  );
  const label = 'Let models count all classes the same';
  return {
    remedies: changes.length === 0 ? [] : [{ label, changes }],
    isSettled: weighed.length > 0 && changes.length === 0,
  };
}

function imbalance(target: AuditTarget, rows: number, spec: Spec | null): Finding[] {
  const { counts, labels, codes, column } = target;
  const most = counts.indexOf(Math.max(...counts));
  const least = counts.indexOf(Math.min(...counts));
  const ratio = (counts[most] ?? 0) / (counts[least] ?? 1);
  if (ratio < UNEVEN) return [];
  const total = target.rows.length;
  const { remedies, isSettled } = weighing(spec);
  const described = (code: number): string =>
    `"${labels[code] ?? ''}" in ${counted(counts[code] ?? 0, 'row')} (${percent(counts[code] ?? 0, total)})`;
  return [
    {
      code: 'class_imbalance',
      severity: ratio >= IMBALANCED && !isSettled ? 'warning' : 'note',
      columns: [column.name],
      message: `The classes of "${column.name}" are uneven, ${figure(ratio)} to 1: ${described(most)}, ${described(least)}${isSettled ? '; decided: they are balanced' : ''}.`,
      why: 'A model that always answers the frequent class looks accurate, so look at macro-F1 and the confusion matrix.',
      count: counts[least] ?? 0,
      rows: firstRows(rows, (row) => codes[row] === least),
      remedies,
    },
  ];
}

function fewRows(target: AuditTarget, share: number, rows: number): Finding[] {
  const { counts, labels, codes, column } = target;
  const inTest = (code: number): number => (counts[code] ?? 0) * share;
  const small = [...labels.keys()].filter((code) => inTest(code) < SOME_TEST_ROWS);
  if (small.length === 0) return [];
  const least = small.reduce((a, b) => ((counts[b] ?? 0) < (counts[a] ?? 0) ? b : a));
  const isSmall = new Set(small);
  const names = small.map((code) => labels[code] ?? '');
  const named = quoted(names);
  // Two classes must remain, and a file may write the number 1 in many ways.
  const canLeave = labels.length - small.length >= 2 && column.kind === 'texts';
  return [
    {
      code: 'few_rows_per_class',
      severity: inTest(least) < FEW_TEST_ROWS ? 'warning' : 'note',
      columns: [column.name],
      message: `${small.length === 1 ? 'Class' : 'Classes'} ${named} of "${column.name}" ${small.length === 1 ? 'has' : 'have'} few rows (${counts[least] ?? 0} in "${labels[least] ?? ''}"): fewer than ${SOME_TEST_ROWS} would be tested.`,
      why: 'Figures of a class rest on its test rows, and with so few of them they are chance.',
      count: small.reduce((sum, code) => sum + (counts[code] ?? 0), 0),
      rows: firstRows(rows, (row) => isSmall.has(codes[row] ?? -1)),
      remedies: canLeave && names.length <= MOST_LEFT_OUT ? asMissing(column, names, named) : [],
    },
  ];
}
