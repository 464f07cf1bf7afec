import { balanceNamed } from '#core/features/balance/registry.ts';
import type { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import type { SpecCandidate } from '#core/spec/spec.ts';
import type { FittedParts } from './fit-parts.ts';

/** The parts with training rows that are balanced as the candidate wants; the rows that measure it stay as they are. */
export async function balanceTraining(
  fitted: FittedParts,
  { balance }: Pick<SpecCandidate, 'balance'>,
  options: { readonly random: RandomStream; readonly signal: AbortSignal },
): Promise<FittedParts> {
  if (balance === undefined) return fitted;
  const method = balanceNamed(balance.method);
  const { train } = fitted.parts;
  const data = await method.apply(train.data, {
    parameters: resolveParameters(method.parameters, balance.parameters, 'balance.parameters'),
    random: options.random.fork('balance'),
    signal: options.signal,
    classes: fitted.contract.target.classes ?? [],
  });
  return { ...fitted, parts: { ...fitted.parts, train: { ...train, data } } };
}
