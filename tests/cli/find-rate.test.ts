import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import type { RateFinding } from '#core/find-rate.ts';
import { birdsCsv, errorObject, expectWrongCall, Workshop } from '../support/cli.ts';
import { goodSpec } from '../support/spec.ts';

vi.setConfig({ testTimeout: 60_000 });
const workshop = new Workshop();
const find = (...args: string[]) => workshop.terrarium('find-rate', ...args);

beforeAll(() => {
  workshop.write('birds.csv', birdsCsv);
  workshop.write('birds.yaml', stringify(goodSpec()));
});
afterAll(() => workshop.remove());

describe('terrarium find-rate', () => {
  it('prints the curve and the rates that it suggests', async () => {
    const { code, stdout, stderr } = await find('birds.yaml', '--backend', 'wasm');
    expect(code, stderr).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^network: \d+ of 100 steps, .*; 54 training rows, 32 a step; backend wasm\n/,
    );
    expect(stdout).toContain('loss: cross-entropy (nats), smoothed');
    expect(stdout).toMatch(/\n1\.00e-7 +0\.\d{5} +#+\n/);
    expect(stdout).toMatch(/\nsteepest descent: 0\.\d+ \(where .*\)\nminimum ÷ 10: 0\.\d+ \(/);
  });

  it('gives the same as JSON, of other data where it is told to', async () => {
    const args = ['birds.yaml', '--data', 'birds.csv', '--backend', 'wasm', '--json'];
    const first = await find(...args, '--candidate', 'network');
    expect(first.stderr).toBe('');
    const finding = JSON.parse(first.stdout) as RateFinding;
    expect(finding).toMatchObject({ candidate: 'network', rows: 54, batchRows: 32 });
    expect(finding.suggestions.length).toBe(2);
    expect((await find(...args)).stdout).toBe(first.stdout);
    const other = await find(...args, '--seed', '9');
    expect((JSON.parse(other.stdout) as RateFinding).points).not.toEqual(finding.points);
  });

  it.each<[string, string[], RegExp]>([
    ['no spec', [], /find-rate SPEC\.yaml/],
    ['data that is not there', ['birds.yaml', '--data', 'no.csv'], /no\.csv/],
    ['a candidate that is not there', ['birds.yaml', '--candidate', 'x'], /no candidate "x"/],
    ['a candidate that is no network', ['birds.yaml', '--candidate', 'linear'], /is no network/],
  ])('refuses %s with exit code 2 and a sentence', async (_, args, said) => {
    expectWrongCall(await find(...args), said);
  });

  it('fails with exit code 1 where the loss explodes at once', async () => {
    const wild = [
      '--set',
      'steps=[{step: impute, columns: numeric}, {step: one_hot, columns: categorical}]',
    ];
    const network = 'candidates[2].parameters={optimizer: sgd, hidden_units: [], momentum: 0.99}';
    const csv = birdsCsv.replaceAll(/,(\d{4}),/g, ',$100000000,');
    workshop.write('heavy.csv', csv);
    const { code, stderr, stdout } = await find(
      ...['birds.yaml', '--data', 'heavy.csv', '--backend', 'wasm', '--json'],
      ...[...wild, '--set', network],
    );
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(errorObject({ code, stderr, stdout })).toMatchObject({ code: 'diverged_at_once' });
  });
});
