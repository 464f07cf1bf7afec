import { existsSync, mkdirSync, readdirSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunRecord } from '#core/spec/run-record.ts';
import { RandomStream } from '#core/random.ts';
import { Workshop } from '../support/cli.ts';
import { noise, tableOf } from '../support/experiment.ts';
import { sitFor } from '../support/killed-run.ts';
import { outcomeOf } from '../support/run-outcome.ts';

const KILLS = 50;
const workshop = new Workshop();
afterAll(() => workshop.remove());

const candidates = [
  { name: 'baseline', model: 'majority', parameters: {} },
  { name: 'boosting', model: 'gradient_boosting', parameters: { max_iter: 10 } },
  {
    name: 'network',
    model: 'mlp',
    parameters: { epochs: 800, patience: 800, hidden_units: [24] },
  },
];
const call = (out: string): string[] => [
  ...['run', '--data', 'kinds.csv', '--target', 'kind', '--out', out, '--resume'],
  ...['--checkpoint-every', '0.02', '--set', 'split.folds=2', '--set', 'evaluation.resamples=100'],
  ...['--set', `candidates=${JSON.stringify(candidates)}`],
];

let alone: RunRecord;
let aloneMs: number;

beforeAll(async () => {
  const csv = tableOf(240, {
    length: (row) => (3 * noise(row) + (row % 3)).toFixed(3),
    width: (row) => (2 * noise(row, 1) - (row % 3)).toFixed(3),
    kind: (row) => ['a', 'b', 'c'][row % 3] ?? '',
  });
  workshop.write('kinds.csv', csv);
  const start = performance.now();
  const { code, stderr } = await sitFor(workshop.folder, call('alone'), 1e6);
  expect(code, stderr).toBe(0);
  aloneMs = performance.now() - start;
  alone = workshop.record('alone/run.json');
}, 240_000);

it(
  `${KILLS} kills at random moments, each resumed: every run ends with what one left alone ends with`,
  { timeout: 3_600_000 },
  async () => {
    const random = new RandomStream(Date.now() % 2 ** 31);
    let [kills, runs, resumed] = [0, 0, 0];
    while (kills < KILLS) {
      runs += 1;
      const out = `run-${runs}`;
      for (;;) {
        const ms = random.uniform() * aloneMs * 1.1;
        const { code, stderr } = await sitFor(workshop.folder, call(out), ms, { from: 'process' });
        if (code === 0) break;
        expect(code, stderr).toBeNull();
        kills += 1;
      }
      const record = workshop.record(`${out}/run.json`);
      expect(outcomeOf(record), out).toEqual(outcomeOf(alone));
      expect(record.warnings, out).toEqual(alone.warnings);
      resumed += (record.resumed ?? []).filter(({ epoch }) => epoch !== undefined).length;
    }
    console.log(
      `${kills} kills of ${runs} runs; ${resumed} times a training went on from an epoch`,
    );
    expect(resumed).toBeGreaterThan(0);
  },
);

it('a kill in the middle of writing leaves the checkpoint before, and the run goes on from there', async () => {
  const large = {
    ...candidates[2],
    parameters: { epochs: 40, patience: 40, hidden_units: [512, 512] },
  };
  const of = (out: string): string[] => [
    ...call(out).slice(0, -1),
    `candidates=${JSON.stringify([candidates[0], large])}`,
  ];
  const whole = await sitFor(workshop.folder, of('whole'), 1e6);
  expect(whole.code, whole.stderr).toBe(0);
  const folder = join(workshop.folder, 'torn/checkpoints');
  mkdirSync(folder, { recursive: true });
  const unfinished = (name: string | null): boolean => name?.endsWith('.unfinished') === true;
  const random = new RandomStream(Date.now() % 2 ** 31);
  let torn = 0;
  for (let writes = 3; torn < 3; writes += 3) {
    let left = writes + random.integer(3);
    const watcher = watch(folder);
    const { code } = await sitFor(workshop.folder, of('torn'), 1e6, {
      killer: (kill) => {
        watcher.on('change', (_, name) => {
          if (unfinished(String(name))) left -= 1;
          if (left === 0) kill();
        });
      },
    });
    watcher.close();
    if (code === 0) break;
    torn += readdirSync(folder).some(unfinished) ? 1 : 0;
  }
  expect(torn).toBeGreaterThan(0);
  const last = await sitFor(workshop.folder, of('torn'), 1e6);
  expect(last.code, last.stderr).toBe(0);
  const record = workshop.record('torn/run.json');
  expect(outcomeOf(record)).toEqual(outcomeOf(workshop.record('whole/run.json')));
  expect(record.warnings.filter((warning) => warning.includes('not used'))).toEqual([]);
  expect(existsSync(folder)).toBe(false);
}, 600_000);

it('results that cannot be written do not take with them what was done', async () => {
  mkdirSync(join(workshop.folder, 'blocked/model.onnx'), { recursive: true });
  const refused = await sitFor(workshop.folder, call('blocked'), 1e6);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('cannot be written (EISDIR)');
  rmSync(join(workshop.folder, 'blocked/model.onnx'), { recursive: true });
  const again = await sitFor(workshop.folder, ['run', '--resume', '--out', 'blocked'], 1e6);
  expect(again.code, again.stderr).toBe(0);
  expect(again.stderr).not.toContain('goes on from');
  expect(outcomeOf(workshop.record('blocked/run.json'))).toEqual(outcomeOf(alone));
}, 240_000);

it('begins anew without --resume', { timeout: 240_000 }, async () => {
  const anew = call('anew').filter((word) => word !== '--resume');
  await sitFor(workshop.folder, anew, 400);
  const { code, stderr } = await sitFor(workshop.folder, anew, 1e6);
  expect(code, stderr).toBe(0);
  const record = workshop.record('anew/run.json');
  expect(record.resumed).toBeUndefined();
  expect(outcomeOf(record)).toEqual(outcomeOf(alone));
});
