import { inputError } from '#core/errors.ts';
import { hintNear } from '#core/nearest-name.ts';
import type { BalanceMethod } from './balance-method.ts';
import { classWeight } from './class-weight.ts';
import { givenWeights } from './given-weights.ts';
import { oversample } from './oversample.ts';
import { smote } from './smote.ts';
import { undersample } from './undersample.ts';

/** Every way to balance classes; adding one is a file and a row here. */
export const balanceMethods: readonly BalanceMethod[] = [
  classWeight,
  givenWeights,
  oversample,
  undersample,
  smote,
];

export function balanceNamed(name: string, path = 'balance'): BalanceMethod {
  const found = balanceMethods.find((method) => method.name === name);
  if (found !== undefined) return found;
  const known = balanceMethods.map((method) => method.name);
  throw inputError(
    'unknown_balance',
    `${path}: there is no way to balance classes named "${name}".`,
    hintNear(name, known, `Known ways: ${known.join(', ')}.`),
    { path },
  );
}
