import { codesOf } from '#core/data/profile/codes.ts';
import { centred } from '#core/data/profile/moments.ts';
import { oneFeaturePower, type PowerFeature } from '#core/data/profile/one-feature-power.ts';
import { sampleRows } from '#core/data/profile/sample-rows.ts';
import type { PowerTarget } from '#core/data/profile/target-tally.ts';
import { RandomStream } from '#core/random.ts';
import type { AuditColumn } from '../audit-column.ts';
import type { AuditTarget } from '../audit-target.ts';
import type { Detector } from '../detector.ts';
import type { Finding, Severity } from '../finding.ts';
import { grouped, leaveOut, someRows } from '../wording.ts';
import { determination } from './determination.ts';
import { functionOf, ranksOf } from './function-of.ts';
import { tellingWord } from './telling-word.ts';

/**
 * Skill out of sample (Brier skill score of classes, R² of values). An honest strong predictor of two classes has an
 * AUC of 0.9, which is a skill near 0.5; 0.99 is near 0.85. A label copied with 2% errors has 0.92.
 */
const NOTABLE = 0.8;
const thresholds: readonly (readonly [Severity, number])[] = [
  ['severe', 0.97],
  ['warning', 0.9],
  ['note', NOTABLE],
];
/**
 * Of two classes, one of them rare, the Brier skill stays low however well a column ranks the rows; an honest strong
 * predictor has an AUC of 0.9.
 */
const aucThresholds: readonly (readonly [Severity, number])[] = [
  ['severe', 0.995],
  ['warning', 0.985],
  ['note', 0.97],
];
const FOLDS = 4;
const MIN_ROWS = 30;
/** Rows of each class below which a ranking can be luck. */
const MIN_CLASS = 10;
const SAMPLE_ROWS = 20_000;
const SEED = 1;

/** A column that alone predicts the target too well, where it is not plainly the target in other words. */
export const predictsTarget: Detector = {
  codes: ['predicts_target'],
  async detect({ columns, target, breather, rows }) {
    if (target === null || target.rows.length < MIN_ROWS || target.labels.length < 2) return [];
    const random = new RandomStream(SEED).fork('audit: predicts the target');
    const chosen = sampleRows(target.rows.length, SAMPLE_ROWS, random).map(
      (i) => target.rows[i] ?? 0,
    );
    const wanted = targetOf(target, chosen);
    const folds = foldsOf(chosen.length, random);
    const findings: Finding[] = [];
    for (const column of columns) {
      await breather.breathe();
      if (column.isTarget || column.isDropped || column.kind === 'empty') continue;
      if (determination(column, target) !== null || functionOf(column, target) !== null) continue;
      const word = await tellingWord(column, target, chosen, { least: NOTABLE, breather });
      const power = oneFeaturePower(word?.feature ?? featureOf(column, chosen), wanted, folds);
      const auc = rankAuc(column, target, chosen);
      const severity =
        thresholds.find(([, least]) => power >= least)?.[0] ??
        aucThresholds.find(([, least]) => auc >= least)?.[0];
      if (severity === undefined) continue;
      const isByRank = !(power >= NOTABLE);
      const measure = isByRank
        ? `ROC AUC ${auc.toFixed(3)}`
        : `${target.task === 'classification' ? 'Brier skill score' : 'R²'} ${power.toFixed(3)} on rows not seen`;
      const sample =
        chosen.length < target.rows.length ? ` of a sample of ${grouped(chosen.length)}` : '';
      findings.push({
        code: 'predicts_target',
        // What the model never sees leaks nothing into it, but says that rows stand in a telling order.
        severity: column.isInput || column.kind === 'times' ? severity : 'note',
        columns: [column.name],
        message: `${word === null ? '' : `${word.what} `}"${column.name}" alone predicts "${target.column.name}" ${severity === 'note' ? 'very well' : 'almost perfectly'}: ${measure}${sample}${column.isInput ? '' : '; it is no input of the model'}.`,
        why: 'So good a predictor is mostly something that is known only after the outcome, and will be absent or different when it counts.',
        count: target.rows.length,
        rows: someRows(column, rows),
        remedies: column.isInput ? leaveOut(column.name) : [],
      });
    }
    return findings;
  },
};

/**
 * Area under the ROC curve of a column of numbers that ranks two classes, whichever way round, over the rows that have
 * a value (Mann–Whitney); 0 where that is not asked.
 */
function rankAuc(column: AuditColumn, target: AuditTarget, rows: Int32Array): number {
  if (target.task !== 'classification' || target.labels.length !== 2) return 0;
  if (column.kind === 'texts') return 0;
  const present = rows.filter((row) => !Number.isNaN(column.numbers[row] ?? NaN));
  const ranks = ranksOf(Float64Array.from(present, (row) => column.numbers[row] ?? NaN));
  let positives = 0;
  let sum = 0;
  for (const [i, row] of present.entries()) {
    if (target.codes[row] !== 1) continue;
    positives += 1;
    sum += ranks[i] ?? 0;
  }
  const negatives = present.length - positives;
  if (positives < MIN_CLASS || negatives < MIN_CLASS) return 0;
  const auc = (sum - (positives * (positives + 1)) / 2) / (positives * negatives);
  return Math.max(auc, 1 - auc);
}

function targetOf(target: AuditTarget, rows: Int32Array): PowerTarget {
  if (target.task === 'regression') {
    return {
      kind: 'values',
      values: centred(Float64Array.from(rows, (row) => target.values[row] ?? NaN)),
    };
  }
  return {
    kind: 'classes',
    codes: rows.map((row) => target.codes[row] ?? 0),
    size: target.labels.length,
  };
}

function featureOf(column: AuditColumn, rows: Int32Array): PowerFeature {
  if (column.kind !== 'texts') {
    return {
      kind: 'numbers',
      values: Float64Array.from(rows, (row) => column.numbers[row] ?? NaN),
    };
  }
  const { codes, texts } = column.values;
  return {
    kind: 'categories',
    ...codesOf(Array.from(rows, (row) => texts[codes[row] ?? -1] ?? '')),
  };
}

function foldsOf(rows: number, random: RandomStream): Int32Array {
  const shuffled = random.shuffle(Int32Array.from({ length: rows }, (_, i) => i));
  const folds = new Int32Array(rows);
  for (const [i, row] of shuffled.entries()) folds[row] = i % FOLDS;
  return folds;
}
