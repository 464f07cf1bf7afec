import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { birdsCsv, errorObject, expectWrongCall, Workshop } from '../support/cli.ts';

vi.setConfig({ testTimeout: 60_000 });
const workshop = new Workshop();
const terrarium = (...args: string[]) => workshop.terrarium(...args);
const record = join('out', 'run.json');

beforeAll(() => workshop.runBirds());
afterAll(() => workshop.remove());

describe('replay on the same backend', () => {
  it('exits 0 where data and weights are the same, and says what it compared', async () => {
    const { code, stdout, stderr } = await terrarium('replay', record);
    expect(code, stderr).toBe(0);
    expect(`${stdout}${stderr}`).toMatch(/weights|hash|identical/i);
    expect((await terrarium('replay', record, '--strict')).code).toBe(0);
  }, 60_000);

  it('stops after the steps after which time had stopped the run, in the folds too', async () => {
    const budget = Object.entries({ max_seconds: 0.1, epochs: 10_000, patience: 10_000 }).flatMap(
      ([name, value]) => ['--set', `candidates[2].parameters.${name}=${value}`],
    );
    const { code, stderr } = await terrarium(
      ...['run', '--data', 'birds.csv', '--target', 'species', '--backend', 'wasm'],
      ...['--out', 'timed', '--set', 'evaluation.resamples=100', '--set', 'split.folds=2'],
      ...budget,
    );
    expect(code, stderr).toBe(0);
    const timed = join('timed', 'run.json');
    expect(workshop.record(timed).candidates[2]?.stoppedAtStep).toBeGreaterThan(0);
    const replayed = await terrarium('replay', timed, '--strict');
    expect(replayed.code, replayed.stdout).toBe(0);
  }, 60_000);

  it('hangs on no clock where time had not stopped the run', async () => {
    const given = Object.entries({ max_seconds: 1000, epochs: 3 }).flatMap(([name, value]) => [
      '--set',
      `candidates[2].parameters.${name}=${value}`,
    ]);
    const { code, stderr } = await terrarium(
      ...['run', '--data', 'birds.csv', '--target', 'species', '--backend', 'wasm'],
      ...['--out', 'slow', '--set', 'evaluation.resamples=100', '--set', 'split.folds=2'],
      ...given,
    );
    expect(code, stderr).toBe(0);
    // As if the machine were so slow that the budget ended at once.
    const slow = workshop.tamper(join('slow', 'run.json'), join('slow', 'slow.json'), (run) => {
      const network = run.spec.candidates[2];
      if (network !== undefined) network.parameters = { ...network.parameters, max_seconds: 1e-6 };
    });
    const replayed = await terrarium('replay', slow, '--strict');
    expect(replayed.code, replayed.stdout).toBe(0);
  }, 60_000);

  it('exits 1 where a hash of weights differs, and names the candidate', async () => {
    const tampered = workshop.tamper(record, join('out', 'weights.json'), (run) => {
      const last = run.candidates.at(-1);
      if (last !== undefined)
        last.weightsSha256 = last.weightsSha256.replace(/^./, (first) =>
          first === '0' ? '1' : '0',
        );
    });
    const { code, stdout, stderr } = await terrarium('replay', tampered);
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`).toContain(
      workshop.record(record).candidates.at(-1)?.name ?? 'no name',
    );
  }, 60_000);

  it('exits 1 where the hash of the data differs', async () => {
    const tampered = workshop.tamper(record, join('out', 'data.json'), (run) => {
      run.dataset.sha256 = 'ab'.repeat(32);
    });
    const { code, stdout, stderr } = await terrarium('replay', tampered);
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`).toMatch(/data/i);
  }, 60_000);

  it('exits 1 where one cell of the data was changed, and 0 when it is back', async () => {
    workshop.write('birds.csv', birdsCsv.replace('Dream', 'Dreem'));
    try {
      const finished = await terrarium('replay', record, '--json');
      expect(finished.code, finished.stderr).toBe(1);
    } finally {
      workshop.write('birds.csv', birdsCsv);
    }
  }, 60_000);

  it('exits 1 where a candidate of the record is not in its spec', async () => {
    const tampered = workshop.tamper(record, join('out', 'fewer.json'), (run) => {
      run.spec.candidates.pop();
    });
    expect((await terrarium('replay', tampered)).code).not.toBe(0);
  }, 60_000);
});

describe('replay on another backend', () => {
  it('compares the metrics within the tolerance, and says so', async () => {
    const { code, stdout, stderr } = await terrarium('replay', record, '--backend', 'cpu');
    expect(code, stderr).toBe(0);
    expect(`${stdout}${stderr}`).toMatch(/tolerance|within/i);
    expect(stderr).toContain('; backend cpu (set by hand)');
  }, 60_000);

  it('takes wasm where the record has webgpu, and says why', async () => {
    const browsers = workshop.tamper(record, join('out', 'webgpu.json'), ({ environment }) => {
      environment.backend = 'webgpu';
    });
    const { code, stderr } = await terrarium('replay', browsers);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('; backend wasm (the recorded webgpu runs in a browser only)');
  }, 60_000);

  it('exits 1 with --strict, which demands the hashes', async () => {
    const { code, stdout, stderr } = await terrarium(
      'replay',
      record,
      '--backend',
      'cpu',
      '--strict',
    );
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`).toMatch(/hash|weights/i);
  }, 60_000);

  it('exits 1 where a metric differs by more than that, and names it', async () => {
    const tampered = workshop.tamper(record, join('out', 'metric.json'), (run) => {
      const accuracy = run.candidates.at(-1)?.metrics.test.accuracy;
      if (accuracy !== undefined) accuracy.value = 0.123;
    });
    const { code, stdout, stderr } = await terrarium('replay', tampered, '--backend', 'cpu');
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`).toMatch(/accuracy/);
  }, 60_000);
});

describe('replay refuses with exit code 2', () => {
  it.each<[string, string]>([
    ['garbage', 'not json at all {'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['another object', '{"version": 1, "hello": "there"}'],
    ['another version', '{"version": 2}'],
  ])('a file that holds %s', async (_, content) => {
    workshop.write('garbage.json', content);
    expectWrongCall(await terrarium('replay', 'garbage.json'), /garbage\.json|run\.json/);
  });

  it('a file that is not there, a folder, no file and two files', async () => {
    expectWrongCall(await terrarium('replay', 'nowhere.json'), /nowhere\.json/);
    expectWrongCall(await terrarium('replay', 'out'), /out/);
    expectWrongCall(await terrarium('replay'), /run\.json/);
    expectWrongCall(await terrarium('replay', record, record));
  }, 30_000);

  it('a record cut off in the middle, or with a field of the wrong type', async () => {
    workshop.write('cut.json', workshop.read(record).slice(0, 900));
    expectWrongCall(await terrarium('replay', 'cut.json'), /cut\.json/);
    workshop.write('typed.json', workshop.read(record).replace(/"rows": \d+/, '"rows": "many"'));
    expectWrongCall(await terrarium('replay', 'typed.json'), /rows/);
  }, 30_000);

  it('a record whose data is gone', async () => {
    const tampered = workshop.tamper(record, join('out', 'gone.json'), (run) => {
      run.spec.data.source = 'gone.csv';
    });
    const finished = await terrarium('replay', tampered, '--json');
    expect(finished.code).toBe(2);
    expect(errorObject(finished).message).toMatch(/gone\.csv/);
  }, 30_000);
});
