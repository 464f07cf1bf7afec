import type { ModelSession } from '#core/engine.ts';
import type { Contract } from '#core/spec/contract.ts';
import { writeText, type Writing } from './write-text.ts';

/** Between two pieces, in milliseconds: as good as at once for who reads along. */
const PIECE_MS = 50;

/**
 * Writes on and hands over what was written in pieces, whose sum is the text.
 * @returns the whole text
 * @throws TerrariumError as `writeText` does
 */
export async function writeInPieces(
  session: Pick<ModelSession, 'run'>,
  contract: Contract,
  writing: Writing,
  hear: (piece: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  let text = '';
  let told = 0;
  let toldAt = -Infinity;
  const tell = (): void => {
    if (told < text.length) hear(text.slice(told));
    told = text.length;
    toldAt = performance.now();
  };
  for await (const character of writeText(session, contract, writing, signal)) {
    text += character;
    if (performance.now() - toldAt >= PIECE_MS) tell();
  }
  tell();
  return text;
}
