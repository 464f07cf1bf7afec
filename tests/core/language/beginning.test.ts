import { expect, it } from 'vitest';
import { describeBeginning, readBeginning } from '#core/language/beginning.ts';
import type { Contract } from '#core/spec/contract.ts';

// The part of a contract that is read here.
const contract = {
  target: { name: 'character', missing: [], classes: ['a', 'b', ' ', '😀', '\uFFFD'] },
} as unknown as Contract;
const facts = (beginning: string, context = 16) => describeBeginning(beginning, contract, context);
const HALF = /\p{Surrogate}/u;
const nothing = { unknown: [], hasNone: false, isLong: false };

it('a beginning of characters that the model knows needs no word, nor does none', () => {
  expect(facts('ab 😀')).toEqual(nothing);
  expect(facts('')).toEqual(nothing);
  expect(readBeginning('')).toEqual([]);
  expect(readBeginning('ab 😀')).toEqual(['a', 'b', ' ', '😀']);
});

it('unknown characters are named once each, the one that stands for them too', () => {
  expect(facts('aжbжx\n\uFFFD').unknown).toEqual(['ж', 'x', '\n', '\uFFFD']);
});

it('halves of characters and NUL are read as the unknown one', () => {
  for (const broken of ['a\uD83D', '\uDE00b', 'a\0b']) {
    expect(facts(broken)).toEqual({ ...nothing, hasNone: true });
    const read = readBeginning(broken).join('');
    expect(read).not.toMatch(HALF);
    expect(read).toContain('\uFFFD');
    expect(read).not.toContain('\0');
  }
});

it('only the last characters are read, an emoji is one of them, and what is in front says nothing', () => {
  expect(facts('a'.repeat(15)).isLong).toBe(false);
  expect(facts('a'.repeat(16)).isLong).toBe(true);
  expect(facts('😀'.repeat(15)).isLong).toBe(false);
  expect(facts('😀'.repeat(16)).isLong).toBe(true);
  expect(facts(`ж${'a'.repeat(15)}`).unknown).toEqual([]);
  expect(facts(`ж${'a'.repeat(14)}`).unknown).toEqual(['ж']);
  const million = `${'😀'.repeat(1_000_000)}b`;
  expect(readBeginning(million)).toHaveLength(256);
  expect(readBeginning(million).join('')).not.toMatch(HALF);
  // From here on the slice begins in the middle of an emoji.
  expect(readBeginning(`${million}b`).join('')).not.toMatch(HALF);
});
