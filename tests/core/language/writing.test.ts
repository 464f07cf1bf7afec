import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelSession } from '#core/engine.ts';
import { writeInPieces } from '#core/language/write-in-pieces.ts';
import { MOST_WRITTEN, usualWriting, writeText } from '#core/language/write-text.ts';
import { readContract } from '#core/predict.ts';
import type { Contract } from '#core/spec/contract.ts';
import { nodeEngine } from '../../support/experiment.ts';
import { learnText, sampleText } from '../../support/language.ts';

let session: ModelSession;
let contract: Contract;

beforeAll(async () => {
  const { outcome } = await learnText(sampleText, {}, (spec) => ({
    ...spec,
    candidates: spec.candidates.slice(0, 2),
  }));
  const bytes = outcome.models.get('pairs') ?? new Uint8Array();
  contract = readContract(bytes);
  session = await (await nodeEngine()).openModel(bytes);
});
afterAll(() => session.release());

const usual = { prompt: 'the owl ', temperature: 1, seed: 1, length: 12 };

async function write(given: object, signal?: AbortSignal): Promise<string> {
  let text = '';
  for await (const one of writeText(session, contract, { ...usual, ...given }, signal)) text += one;
  return text;
}

describe('writing', () => {
  it('refuses settings out of range, and says which', async () => {
    expect(Array.from(await write({}))).toHaveLength(12);
    await expect(write({ temperature: -1 })).rejects.toThrow('from 0 to 5, and got -1');
    await expect(write({ temperature: NaN })).rejects.toMatchObject({
      details: { setting: 'temperature' },
    });
    await expect(write({ length: 0 })).rejects.toThrow('from 1 to 10000, and got 0');
    for (const seed of [0, 1.5, NaN, 2 ** 31]) {
      await expect(write({ seed })).rejects.toThrow(
        `The seed must be a whole number from 1 to 2147483647, and got ${seed}.`,
      );
    }
  });

  it('goes on from nothing, from a half of an emoji, from NUL and from a million characters', async () => {
    expect(await write({ prompt: '' })).toHaveLength(12);
    // Of pairs the last character counts: behind an f there is always an i, behind an unknown one hardly ever.
    const likeliest = (prompt: string) => write({ prompt, temperature: 0 });
    const known = await likeliest('of f');
    const unknown = await likeliest('of f\uFFFD');
    expect(known).toMatch(/^i/);
    expect(unknown).not.toMatch(/^i/);
    expect(await likeliest('of f\uD83D')).toBe(unknown);
    expect(await likeliest('of f\0')).toBe(unknown);
    expect(await likeliest('\uDE00of f')).toBe(known);
    expect(await likeliest(`${'ж'.repeat(1_000_000)}of f`)).toBe(known);
  });

  it('comes in pieces whose sum is the text', async () => {
    const pieces: string[] = [];
    const writing = { ...usualWriting, length: 100 };
    const text = await writeInPieces(session, contract, writing, (one) => void pieces.push(one));
    expect(pieces.join('')).toBe(text);
    expect(pieces.every((one) => one !== '')).toBe(true);
    expect(await write(writing)).toBe(text);
  });

  it('hears a cancel in the middle, however quick the model answers', async () => {
    await expect(write({}, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
    // A session that never gives the event loop a turn, as a small graph in wasm does not.
    const answer = await session.run({ text: { dtype: 'string', values: ['a'] } }, 1);
    const busy = {
      run: () => {
        const end = performance.now() + 0.2;
        while (performance.now() < end);
        return Promise.resolve(answer);
      },
    };
    const controller = new AbortController();
    let written = '';
    const writing = { ...usual, length: MOST_WRITTEN };
    const done = writeInPieces(
      busy,
      contract,
      writing,
      (one) => (written += one),
      controller.signal,
    );
    setTimeout(() => controller.abort(), 10);
    await expect(done).rejects.toMatchObject({ kind: 'cancelled' });
    expect(written.length).toBeLessThan(MOST_WRITTEN);
  });
});
