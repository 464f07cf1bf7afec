import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { RawColumn } from '#core/features/windows/window-column.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import type { FittedParts } from './fit-parts.ts';
import type { PreparedTarget } from './prepare-target.ts';

/** Names of small classes that a warning lists. */
const FEW_SHOWN = 10;
/** Features from which on a warning says what they cost. */
const MANY_FEATURES = 2000;

/** What a person should know of the rows and features that a run learns from, in sentences. */
export function preparationWarnings(
  target: PreparedTarget,
  { parts: { train } }: FittedParts,
  { leftOut }: RunRecord['split'],
): string[] {
  const { features } = train.data;
  return [
    ...rowsLeftOut(target, leftOut),
    ...(features.width > MANY_FEATURES ? [manyFeatures(features)] : []),
    ...train.columns
      .filter(isEmpty)
      .map(
        ({ name }) =>
          `Column "${name}" has no value in the training rows, so nothing is learned from it.`,
      ),
    ...smallClasses(target),
  ];
}

function rowsLeftOut(target: PreparedTarget, inGap: number): string[] {
  const { rowsWithoutTarget, rowsRepeated, rowsConflicting = 0, rowsWithoutHistory = 0 } = target;
  const reasons: readonly (readonly [count: number, why: string, soWhat?: string])[] = [
    [rowsWithoutTarget, 'they have no target'],
    [rowsRepeated, 'they repeat an earlier one'],
    [
      ...([rowsConflicting, 'they contradict others of the same inputs'] as const),
      ' Such rows will come again, and no figure here tells how they are answered.',
    ],
    [rowsWithoutHistory, 'the rows that their forecast looks back on are not all there'],
    [inGap, 'they lie in the gap of the split'],
  ];
  return reasons
    .filter(([count]) => count > 0)
    .map(([count, why, soWhat = '']) => `Rows left out because ${why}: ${count}.${soWhat}`);
}

function isEmpty(column: RawColumn): boolean {
  if (column.kind === 'image') return false;
  return column.kind === 'text'
    ? column.values.every((value) => value === '')
    : column.values.every((value) => Number.isNaN(value));
}

function smallClasses({ classes, values }: PreparedTarget): string[] {
  const few = classes?.filter((_, k) => count(values, k) < 5) ?? [];
  if (few.length === 0) return [];
  const more = few.length > FEW_SHOWN ? ` and ${few.length - FEW_SHOWN} more` : '';
  return [
    `Classes with fewer than 5 rows, whose figures mean little: ${few.slice(0, FEW_SHOWN).join(', ')}${more}.`,
  ];
}

/** What very many features cost, and what was done about it. */
function manyFeatures({ rows, width, sparse, image }: FeatureMatrix): string {
  const megabytes = (bytes: number): string => Math.ceil(bytes / 1e6).toLocaleString('en');
  const all = megabytes(rows * width * Float32Array.BYTES_PER_ELEMENT);
  const made = `The steps make ${width.toLocaleString('en')} features of each row`;
  const less =
    image === undefined
      ? 'fewer categories, or target or frequency encoding, need less.'
      : 'fewer pixels, or grey ones, need less.';
  if (sparse === undefined) {
    return `${made}, which take ${all} MB for the training rows alone and make training slow; ${less}`;
  }
  const kept = megabytes(sparse.values.byteLength + sparse.places.byteLength);
  const share = ((100 * sparse.values.length) / (rows * width)).toPrecision(2);
  return `${made}, of which ${share}% are not 0: only these are kept, ${kept} MB in the place of ${all} MB for the training rows. Linear models and naive Bayes train on them as they are; other models need them written out, and are slow; ${less}`;
}

function count(values: Float64Array, wanted: number): number {
  return values.reduce((sum, value) => sum + (value === wanted ? 1 : 0), 0);
}
