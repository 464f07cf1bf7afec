import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { birdsCsv, expectWrongCall, Workshop } from '../support/cli.ts';
import { goodSpec } from '../support/spec.ts';

vi.setConfig({ testTimeout: 60_000 });
const workshop = new Workshop();
const terrarium = (...args: string[]) => workshop.terrarium(...args);

const quick = {
  ...goodSpec(),
  ...{ backend: 'wasm', evaluation: { resamples: 100 } },
  candidates: [{ name: 'baseline', model: 'majority' }],
};

beforeAll(() => {
  workshop.write('birds.csv', birdsCsv);
  workshop.write('birds.yaml', stringify(quick));
});
afterAll(() => workshop.remove());

describe('a folder that a person works in', () => {
  it('keeps what else is called checkpoints there', async () => {
    workshop.write('mine/checkpoints/epoch-1.pt', 'weights');
    const { code, stderr } = await terrarium('run', 'birds.yaml', '--out', 'mine');
    expect(code, stderr).toBe(0);
    expect(workshop.read('mine/checkpoints/epoch-1.pt')).toBe('weights');
    expect(readdirSync(join(workshop.folder, 'mine/checkpoints'))).toEqual(['epoch-1.pt']);
    workshop.write('other/checkpoints', 'a note');
    expectWrongCall(await terrarium('run', 'birds.yaml', '--out', 'other'), /checkpoints/);
    expect(workshop.read('other/checkpoints')).toBe('a note');
  });

  it('keeps the spec as it was written there', async () => {
    const written = `# Mine.\n${stringify({ ...quick, data: { source: '../birds.csv' } })}`;
    workshop.write('here/spec.yaml', written);
    expectWrongCall(
      await terrarium('run', 'here/spec.yaml', '--out', 'here', '--seed', '3'),
      /written over here\/spec\.yaml/,
    );
    const { code, stderr } = await terrarium('run', 'here/spec.yaml', '--out', './here');
    expect(code, stderr).toBe(0);
    expect(workshop.read('here/spec.yaml')).toBe(written);
    expect(workshop.record('here/run.json').spec.seed).toBe(7);
  });

  it('is named: an empty name is none', async () => {
    expectWrongCall(await terrarium('run', 'birds.yaml', '--out', ''), /--out DIR/);
  });
});
