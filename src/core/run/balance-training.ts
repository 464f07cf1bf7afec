import { balanceNamed } from '#core/features/balance/registry.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import type { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import type { SpecCandidate } from '#core/spec/spec.ts';
import type { FittedParts } from './fit-parts.ts';

/** The parts with training rows that are balanced as the candidate wants; the rows that measure it stay as they are. */
export async function balanceTraining(
  fitted: FittedParts,
  { balance, model }: Pick<SpecCandidate, 'balance' | 'model'>,
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
    wantsMeanOfOne: estimatorNamed(model).network !== undefined,
  });
  return { ...fitted, parts: { ...fitted.parts, train: { ...train, data } } };
}

/** Refuses a candidate's way to balance that does not fit the classes. @param path where it stands in the spec */
export function checkBalance(
  { balance }: Pick<SpecCandidate, 'balance'>,
  { target }: FittedParts['contract'],
  path: string,
): void {
  if (balance === undefined) return;
  const { parameters: specs, check } = balanceNamed(balance.method);
  const at = `${path}.parameters`;
  check?.(resolveParameters(specs, balance.parameters, at), target.classes ?? [], at);
}
