import { columnSplit } from './column.ts';
import { groupSplit } from './group.ts';
import { placeSplit } from './place.ts';
import { randomSplit } from './random.ts';
import type { SplitMethod } from './split-method.ts';
import { timeSplit } from './time.ts';
import type { SplitMethodName } from '#core/spec/spec.ts';

/** Every way to split, in the order of the form. */
export const splitMethods: readonly SplitMethod[] = [
  randomSplit,
  groupSplit,
  timeSplit,
  columnSplit,
  placeSplit,
];

export function splitMethodNamed(name: SplitMethodName): SplitMethod {
  const found = splitMethods.find((method) => method.name === name);
  if (found === undefined) throw new RangeError(`no split method ${name}`);
  return found;
}
