import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { RandomStream } from '#core/random.ts';
import { Workshop } from '../support/cli.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

/** So much that boosting, a forest and a network are worth several threads. */
function largeCsv(): string {
  const random = new RandomStream(1);
  const rows = Array.from({ length: 24_000 }, () => {
    const features = Array.from({ length: 10 }, () => random.normal().toFixed(4));
    const score = Number(features[0]) * Number(features[1]) + random.normal();
    return [...features, score > 0 ? 'yes' : 'no'].join(',');
  });
  return [`${'abcdefghij'.split('').join(',')},target`, ...rows].join('\n');
}

const candidates = [
  { name: 'baseline', model: 'majority', parameters: {} },
  { name: 'boosting', model: 'gradient_boosting', parameters: { max_iter: 450, patience: 0 } },
  {
    name: 'network',
    model: 'mlp',
    parameters: { hidden_units: [256, 256], batch_size: 128, epochs: 4 },
  },
  { name: 'forest', model: 'random_forest', parameters: { n_estimators: 20 } },
];

it('a run of one worker is replayed by three, with the same weights', async () => {
  workshop.write('large.csv', largeCsv());
  const set = [`candidates=${JSON.stringify(candidates)}`, 'evaluation.resamples=100'];
  const run = await workshop.terrarium(
    ...['run', '--data', 'large.csv', '--target', 'target', '--out', 'out', '--workers', '1'],
    ...set.flatMap((one) => ['--set', one]),
  );
  expect(run.code, run.stderr).toBe(0);
  expect(workshop.record(join('out', 'run.json')).environment.workers).toBe(1);
  const replay = await workshop.terrarium('replay', join('out', 'run.json'), '--workers', '3');
  expect(replay.code, `${replay.stdout}${replay.stderr}`).toBe(0);
  expect(replay.stdout).toContain('weights hashes');
}, 240_000);
