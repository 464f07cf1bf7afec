import { expect, test } from 'vitest';
import type { Contract } from '#core/spec/contract.ts';
import { beginningNotes } from '#ui/pages/predict/beginning-notes.ts';
import { characterName } from '#ui/pages/predict/character-name.ts';
import { writeCommand } from '#ui/pages/predict/write-command.ts';

// The part of a contract that is read here.
const contract = {
  target: { name: 'character', missing: [], classes: ['a', 'b', '\uFFFD'] },
} as unknown as Contract;
const notes = (beginning: string) => beginningNotes(beginning, contract, 16);

test('characters that cannot be seen have a name', () => {
  const named = ['a', '😀', ' ', '\n', '\uFFFD', '\u200F', '\u0301', '\u00A0'].map(characterName);
  expect(named).toEqual([
    ...['a', '😀', 'space', 'end of line', 'an unknown one'],
    ...['U+200F', 'U+0301', 'U+00A0'],
  ]);
});

test('what the model makes of an odd beginning is said before it writes', () => {
  expect(notes('ab')).toEqual([]);
  expect(notes('')).toEqual([expect.stringMatching(/^Nothing stands before/)]);
  expect(notes('ax')).toEqual([
    'The model does not know “x”: its training text has it too seldom or not at all. It is read as an unknown character.',
  ]);
  expect(notes('\n x')).toEqual([
    'The model does not know end of line, space and “x”: its training text has them too seldom or not at all. Each is read as an unknown character.',
  ]);
  expect(notes('cdefghi')[0]).toContain('“c”, “d”, “e”, “f”, “g” and 2 more');
  expect(notes(`${'a'.repeat(20)}\uD83D`)).toEqual([
    'Only the last 15 characters are read: the model looks no further back.',
    'Half of a character, as of a cut emoji, is read as an unknown one.',
  ]);
});

test('the command for a shell keeps quotes, ends of lines and dashes', () => {
  const usual = { prompt: '', length: 500, temperature: 0.8, seed: 1 };
  expect(writeCommand('model.onnx', usual)).toBe(
    'terrarium write model.onnx --length 500 --temperature 0.8 --seed 1',
  );
  expect(writeCommand('my model.onnx', { ...usual, prompt: "-it's\n" })).toBe(
    `terrarium write 'my model.onnx' --prompt='-it'\\''s\n' --length 500 --temperature 0.8 --seed 1`,
  );
});
