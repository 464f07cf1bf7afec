import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repository } from '#cli/prepare.mjs';
import type { RunRecord } from '#core/spec/run-record.ts';
import { npmTerrarium, Workshop } from '../support/cli.ts';

const workshop = new Workshop();
const out = join(workshop.folder, 'out', 'penguins');
let record: RunRecord;

function macroF1(name: string): number {
  const candidate = record.candidates.find((one) => one.name === name);
  return candidate?.metrics.test.macro_f1?.value ?? NaN;
}

beforeAll(async () => {
  const { code, stderr } = await npmTerrarium('run', 'examples/penguins.yaml', '--out', out);
  expect(code, stderr).toBe(0);
  record = workshop.record(join('out', 'penguins', 'run.json'));
});
afterAll(() => {
  workshop.remove();
});

describe('the penguins of the README, seed 7', () => {
  it('are told apart by the network and not by the baseline', () => {
    expect(record.spec.seed).toBe(7);
    expect(record.dataset.rows).toBe(344);
    expect(record.split).toMatchObject({ train: 206, validation: 69, test: 69, stratified: true });
    expect(macroF1('network')).toBeGreaterThanOrEqual(0.97);
    expect(macroF1('baseline')).toBeLessThan(0.3);
  });

  it('replay to the same weights', async () => {
    const { code, stdout, stderr } = await npmTerrarium('replay', join(out, 'run.json'));
    expect(code, `${stdout}${stderr}`).toBe(0);
    expect(stdout).toMatch(/same|agrees/);
    expect(stderr).toContain(`; backend ${record.environment.backend} (as recorded)`);
  });

  it('are predicted from raw rows', async () => {
    const rows = join(repository, 'public', 'samples', 'penguins.csv');
    const to = join(workshop.folder, 'predictions.csv');
    const { code, stderr } = await npmTerrarium(
      'predict',
      join(out, 'model.onnx'),
      rows,
      '--out',
      to,
    );
    expect(code, stderr).toBe(0);
    const lines = readFileSync(to, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(345);
    const right = lines.filter((line) => line.split(',')[0] === line.split(',')[7]);
    expect(right.length / 344).toBeGreaterThan(0.97);
  });
});
