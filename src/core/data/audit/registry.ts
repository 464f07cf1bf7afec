import type { Detector } from './detector.ts';
import { constantColumns } from './quality/constant-columns.ts';
import { missingValues } from './quality/missing-values.ts';

/** Every detector, in the order of the list of findings. */
export const detectors: readonly Detector[] = [missingValues, constantColumns];
