import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { errorObject, expectWrongCall, Workshop } from '../support/cli.ts';
import { sampleText } from '../support/language.ts';

vi.setConfig({ testTimeout: 60_000 });
const workshop = new Workshop();

beforeAll(async () => {
  // A plain text is what a language model learns from: nothing else need be said.
  workshop.write('text.txt', sampleText);
  const run = ['run', '--data', 'text.txt', '--backend', 'wasm'];
  const settings = [
    'evaluation.resamples=100',
    'steps[0].parameters.context="16"',
    'candidates=[{name: counts, model: character_counts}, {name: pairs, model: character_pairs}]',
  ].flatMap((setting) => ['--set', setting]);
  const { code, stderr } = await workshop.terrarium(...run, ...settings, '--out', 'out');
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('task: language, because the data is a plain text');
});
afterAll(() => workshop.remove());

describe('terrarium write', () => {
  it('goes on from a prompt, the same from the same seed', async () => {
    const write = ['write', 'out', '--prompt', 'the owl ', '--length', '20'];
    const [once, again, other] = await Promise.all([
      workshop.terrarium(...write, '--seed', '3'),
      workshop.terrarium(...write, '--seed', '3', '--json'),
      workshop.terrarium(...write, '--seed', '4'),
    ]);
    expect(once.code, once.stderr).toBe(0);
    expect(once.stdout).toMatch(/^the owl [^]{20}\n$/);
    expect(JSON.parse(again.stdout)).toMatchObject({
      prompt: 'the owl ',
      seed: 3,
      text: once.stdout.slice(8, -1),
    });
    expect(other.stdout).not.toBe(once.stdout);
  });

  it('refuses wrong calls', async () => {
    expectWrongCall(await workshop.terrarium('write'), 'write needs one model.onnx');
    const hot = await workshop.terrarium('write', 'out', '--temperature', '99', '--json');
    expect(errorObject(hot)).toMatchObject({ code: 'bad_temperature' });
    const word = await workshop.terrarium('write', 'out', '--length', 'many');
    expectWrongCall(word, '--length must be a number, and got "many"');
  });
});
