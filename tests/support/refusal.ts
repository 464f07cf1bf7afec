import { expect } from 'vitest';
import { TerrariumError } from '#core/errors.ts';

/**
 * The error of a call that must be refused, after checking that it is one for people: a TerrariumError
 * of kind `input` whose message is a sentence.
 */
export async function refusalOf(call: () => unknown): Promise<TerrariumError> {
  const thrown = await thrownBy(call);
  expectSentence(thrown.message);
  expect(thrown.kind, thrown.message).toBe('input');
  return thrown;
}

/** Whatever TerrariumError a call throws; fails where it throws none or another kind of error. */
export async function thrownBy(call: () => unknown): Promise<TerrariumError> {
  let value: unknown;
  try {
    value = await call();
  } catch (thrown) {
    if (thrown instanceof TerrariumError) return thrown;
    throw new Error(`Expected a TerrariumError, and got ${String(thrown)}`, { cause: thrown });
  }
  const got = value === undefined ? 'nothing' : JSON.stringify(value);
  throw new Error(`Expected a refusal, and the call gave ${got.slice(0, 300)}`);
}

/** One readable sentence: words, a full stop, and none of JavaScript's own droppings. */
export function expectSentence(message: string): void {
  expect(message).toMatch(/\S+ \S+ \S+/);
  expect(message).toMatch(/[.!?]$/);
  expect(message).not.toMatch(
    /\[object |\bundefined\b|\bat .+:\d+:\d+|\bTypeError\b|\bRangeError\b/,
  );
}
