import type { Detector } from './detector.ts';
import { determinesTarget } from './leakage/determines-target.ts';
import { functionOfTarget } from './leakage/function-of-target.ts';
import { predictsTarget } from './leakage/predicts-target.ts';
import { sharedEntities } from './leakage/shared-entities.ts';
import { sharedRows } from './leakage/shared-rows.ts';
import { trainsOnFuture } from './leakage/trains-on-future.ts';
import { personalDetectors } from './personal/registry.ts';
import { brokenEncoding } from './quality/broken-encoding.ts';
import { categoryVariants } from './quality/category-variants.ts';
import { classSizes } from './quality/class-sizes.ts';
import { conflictingLabels } from './quality/conflicting-labels.ts';
import { constantColumns } from './quality/constant-columns.ts';
import { datesInFuture } from './quality/dates-in-future.ts';
import { datesOutOfOrder } from './quality/dates-out-of-order.ts';
import { duplicateImages } from './quality/duplicate-images.ts';
import { duplicateRows } from './quality/duplicate-rows.ts';
import { highCardinality } from './quality/high-cardinality.ts';
import { identifierColumns } from './quality/identifier-columns.ts';
import { missingCode } from './quality/missing-code.ts';
import { missingRelated } from './quality/missing-related.ts';
import { missingValues } from './quality/missing-values.ts';
import { mixedTypes } from './quality/mixed-types.ts';
import { outliersAndSkew } from './quality/outliers-and-skew.ts';

/** Of one text: its lines repeat, stay blank and are all different, as lines do. */
export const textDetectors: readonly Detector[] = [...personalDetectors, brokenEncoding];

/** Every detector, in the order of the list of findings. */
export const detectors: readonly Detector[] = [
  ...personalDetectors,
  determinesTarget,
  functionOfTarget,
  predictsTarget,
  sharedRows,
  sharedEntities,
  trainsOnFuture,
  duplicateRows,
  duplicateImages,
  conflictingLabels,
  classSizes,
  missingValues,
  missingRelated,
  missingCode,
  mixedTypes,
  constantColumns,
  identifierColumns,
  highCardinality,
  categoryVariants,
  brokenEncoding,
  outliersAndSkew,
  datesOutOfOrder,
  datesInFuture,
];
