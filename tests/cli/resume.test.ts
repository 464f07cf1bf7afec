import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '#core/spec/run-record.ts';
import { expectWrongCall, Workshop } from '../support/cli.ts';
import { noise, tableOf } from '../support/experiment.ts';
import { sitFor } from '../support/killed-run.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

const candidates = [
  { name: 'baseline', model: 'majority', parameters: {} },
  {
    name: 'network',
    model: 'mlp',
    parameters: { epochs: 1000, patience: 1000, hidden_units: [24] },
  },
];
const call = (out: string): string[] => [
  ...['run', '--data', 'kinds.csv', '--target', 'kind', '--out', out, '--checkpoint-every', '0.02'],
  ...['--set', `candidates=${JSON.stringify(candidates)}`, '--set', 'evaluation.resamples=100'],
];

function hashesOf({ candidates: all }: RunRecord) {
  return all.map(({ weightsSha256, onnx, history }) => ({ weightsSha256, onnx, history }));
}

let alone: RunRecord;

beforeAll(async () => {
  const csv = tableOf(240, {
    length: (row) => (3 * noise(row) + (row % 3)).toFixed(3),
    width: (row) => (2 * noise(row, 1) - (row % 3)).toFixed(3),
    kind: (row) => ['a', 'b', 'c'][row % 3] ?? '',
  });
  workshop.write('kinds.csv', csv);
  const { code, stderr } = await sitFor(workshop.folder, call('alone'), 1e6);
  expect(code, stderr).toBe(0);
  alone = workshop.record('alone/run.json');
});

describe('a run that was killed', () => {
  it('goes on with --resume, to the weights of one left alone, and leaves no checkpoints', async () => {
    const chosen: string[] = [];
    for (const ms of [50, 300]) {
      const { code } = await sitFor(workshop.folder, [...call('killed'), '--resume'], ms);
      if (code === 0) break;
      expect(existsSync(join(workshop.folder, 'killed/checkpoints/spec.yaml'))).toBe(true);
      chosen.push(readFileSync(join(workshop.folder, 'killed/checkpoints/backend.json'), 'utf8'));
    }
    const resume = ['run', '--resume', '--out', 'killed'];
    for (const [refused, said] of [
      ['backend=webgpu', 'The backend webgpu does not run on the command line.'],
      ['target=nothing', 'nothing'],
    ] as const) {
      const { code, stderr } = await workshop.terrarium(...resume, '--set', refused);
      expect(code, refused).toBe(2);
      expect(stderr).toContain(said);
    }
    const last = await sitFor(workshop.folder, resume, 1e6);
    expect(last.code, last.stderr).toBe(0);
    const record = workshop.record('killed/run.json');
    expect(hashesOf(record)).toEqual(hashesOf(alone));
    expect(record.spec).toEqual(alone.spec);
    expect(record.resumed?.length).toBeGreaterThan(0);
    // Timed anew it would have other milliseconds, if not another backend.
    const { requestedBackend, backend: name, backendReason: reason } = record.environment;
    expect(requestedBackend).toBe('auto');
    expect(reason).toMatch(/^timed: /);
    expect(new Set(chosen)).toEqual(new Set([`${JSON.stringify({ name, reason })}\n`]));
    expect(record.warnings.filter((warning) => warning.includes('not used'))).toEqual([]);
    expect(readdirSync(join(workshop.folder, 'killed')).toSorted()).toEqual(
      readdirSync(join(workshop.folder, 'alone')).toSorted(),
    );
  }, 120_000);

  it('is not run again once it has ended, and leaves nothing of a kill while it cleared up', async () => {
    const files = readdirSync(join(workshop.folder, 'alone'));
    workshop.write(`alone/checkpoints/${'0'.repeat(32)}.checkpoint`, 'left');
    workshop.write('alone/run.lock', '99999999');
    const again = await workshop.terrarium('run', '--resume', '--out', 'alone');
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toContain('has ended');
    expect(workshop.record('alone/run.json')).toEqual(alone);
    expect(readdirSync(join(workshop.folder, 'alone'))).toEqual(files);
  });
});

describe('a folder that a run writes to', () => {
  const slow = { epochs: 10_000, patience: 10_000, hidden_units: [256, 256] };
  const slowly = [
    ...call('shared'),
    ...[
      '--set',
      `candidates=${JSON.stringify([candidates[0], { ...candidates[1], parameters: slow }])}`,
    ],
  ];
  const specPath = join(workshop.folder, 'shared/checkpoints/spec.yaml');

  it('is refused to another, which leaves all as it is, and is free once the first was killed', async () => {
    let kill: () => void = () => {};
    const first = sitFor(workshop.folder, slowly, 1e6, { killer: (end) => (kill = end) });
    await expect.poll(() => existsSync(specPath), { timeout: 60_000 }).toBe(true);
    for (const args of [call('shared'), ['run', '--resume', '--out', 'shared']]) {
      const second = await workshop.terrarium(...args);
      expectWrongCall(second, 'Another run is writing to shared.');
    }
    expect(existsSync(specPath)).toBe(true);
    kill();
    expect((await first).code).toBe(null);
    const { stderr } = await sitFor(workshop.folder, [...slowly, '--resume'], 30, {
      signal: 'SIGINT',
    });
    expect(stderr).toContain('It goes on with: terrarium run --resume --out shared');
    expect(readdirSync(join(workshop.folder, 'shared'))).toEqual(['checkpoints']);
  }, 120_000);
});

it('Ctrl+C says how to go on', async () => {
  const { code, stderr } = await sitFor(workshop.folder, call('my out'), 30, { signal: 'SIGINT' });
  expect(code).toBe(130);
  expect(stderr).toContain("It goes on with: terrarium run --resume --out 'my out'");
}, 60_000);

it('there is nothing to resume in an empty folder', async () => {
  const { code, stderr } = await workshop.terrarium('run', '--resume', '--out', 'empty');
  expect(code).toBe(2);
  expect(stderr).toContain('There is no interrupted run in empty.');
});

it('seconds between checkpoints are checked', async () => {
  const { code, stderr } = await workshop.terrarium(...call('out'), '--checkpoint-every', 'often');
  expect(code).toBe(2);
  expect(stderr).toContain('--checkpoint-every must be seconds from 0 to 3600, and got "often".');
});
