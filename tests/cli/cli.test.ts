import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commandNames } from '#cli/help.ts';
import { noise, tableOf } from '../support/experiment.ts';
import { hotelSearches } from '../support/hotel-searches.ts';
import { birdsCsv, errorObject, expectWrongCall, npmTerrarium, Workshop } from '../support/cli.ts';
import { goodSpec } from '../support/spec.ts';
import { stringify } from 'yaml';

vi.setConfig({ testTimeout: 60_000 });
const workshop = new Workshop();
const terrarium = (...args: string[]) => workshop.terrarium(...args);

beforeAll(() => {
  workshop.write('birds.csv', birdsCsv);
  workshop.write('birds.yaml', stringify({ ...goodSpec(), evaluation: { resamples: 100 } }));
});
afterAll(() => workshop.remove());

describe('help', () => {
  it('is a line for each command, and the whole of one on request', async () => {
    const { code, stdout } = await terrarium('--help');
    expect(code).toBe(0);
    for (const name of commandNames) expect(stdout).toMatch(new RegExp(`^  ${name} +[a-z]`, 'm'));
    expect(stdout.trim().split('\n').length).toBeLessThan(20);
    expect(stdout).toContain('terrarium COMMAND --help');
    const asked = await terrarium('replay', 'run.json', '--help');
    expect(asked.code).toBe(0);
    expect(asked.stdout).toMatch(/^terrarium replay: .*\n\n {2}terrarium replay RUN\.json\n/);
    expect(asked.stdout).toContain('--strict');
    expect(asked.stdout).not.toContain('--prompt');
    expect((await terrarium('help', 'replay')).stdout).toBe(asked.stdout);
    expect((await terrarium('replay', '-h')).stdout).toBe(asked.stdout);
  });

  it('is what a call without a command gets, and a wrong command is pointed to', async () => {
    expect((await terrarium()).stdout).toContain('replay');
    expectWrongCall(await terrarium('trian', '--help'), /trian.*See terrarium --help\./);
    expectWrongCall(await terrarium('pedict', 'm.onnx'), /Did you mean "predict"\?/);
    expectWrongCall(await terrarium('write'), /See terrarium write --help\./);
    const option = ['run', 'birds.yaml', '--out', 'o', '--bakcend', 'wasm'];
    expectWrongCall(
      await terrarium(...option),
      /--bakcend.*Did you mean "--backend"\? See terrarium run --help\./,
    );
  });

  it('is there through npm as well', async () => {
    const { code, stdout } = await npmTerrarium('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('replay');
  });
});

describe('run refuses a wrong call with exit code 2 and a sentence', () => {
  it.each<[string, string[], RegExp]>([
    ['an unknown option', ['run', 'birds.yaml', '--colour', 'red', '--out', 'o'], /--colour/],
    ['an option without its value', ['run', 'birds.yaml', '--out'], /--out/],
    ['no spec and no data', ['run', '--out', 'o'], /spec|--data/],
    ['data without a target', ['run', '--data', 'birds.csv', '--out', 'o'], /--target|target/],
    ['a spec that is not there', ['run', 'nowhere.yaml', '--out', 'o'], /nowhere\.yaml/],
    [
      'data that is not there',
      ['run', '--data', 'no.csv', '--target', 'species', '--out', 'o'],
      /no\.csv/,
    ],
    [
      'data that is a folder',
      ['run', '--data', '.', '--target', 'species', '--out', 'o'],
      /folder|directory|file/i,
    ],
    [
      'a target that is not there',
      ['run', '--data', 'birds.csv', '--target', 'specie', '--out', 'o'],
      /specie\b/,
    ],
    ['a seed that is no number', ['run', 'birds.yaml', '--seed', 'seven', '--out', 'o'], /seed/],
    ['no worker', ['run', 'birds.yaml', '--workers', '0', '--out', 'o'], /--workers.*1 to 64/],
    ['a seed of zero', ['run', 'birds.yaml', '--seed', '0', '--out', 'o'], /seed/],
    [
      'a backend that does not exist',
      ['run', 'birds.yaml', '--backend', 'cuda', '--out', 'o'],
      /backend|cuda/,
    ],
    [
      'a backend that Node lacks',
      ['run', 'birds.yaml', '--backend', 'webgpu', '--out', 'o'],
      /webgpu/i,
    ],
    [
      'a negative share',
      ['run', 'birds.yaml', '--set', 'split.test=-0.2', '--out', 'o'],
      /split\.test/,
    ],
    ['an unknown field', ['run', 'birds.yaml', '--set', 'colour=red', '--out', 'o'], /colour/],
    [
      'a field of prototypes',
      ['run', 'birds.yaml', '--set', '__proto__.seed=3', '--out', 'o'],
      /__proto__/,
    ],
    ['a field without a value', ['run', 'birds.yaml', '--set', 'seed', '--out', 'o'], /--set|seed/],
    [
      'a candidate beyond the list',
      ['run', 'birds.yaml', '--set', 'candidates[9].model=mlp', '--out', 'o'],
      /candidates/,
    ],
    [
      'data with another hash than the spec pins',
      ['run', 'birds.yaml', '--set', `data.sha256=${'ab'.repeat(32)}`, '--out', 'o'],
      /sha256/,
    ],
    [
      'a metric of another task',
      ['run', 'birds.yaml', '--set', 'metric=rmse', '--out', 'o'],
      /metric/,
    ],
  ])('%s', async (_, args, said) => {
    expectWrongCall(await terrarium(...args), said);
    expect(existsSync(join(workshop.folder, 'o', 'run.json'))).toBe(false);
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ['empty', '', /empty/i],
    ['only a header', 'species,mass\n', /header|row/i],
    ['ragged', 'species,mass\nA,1\nB,2,3\n', /line 3/i],
    [
      'half UTF-8 and half Latin-1',
      Buffer.concat([Buffer.from('species,mass\nZoë,1\n'), Buffer.from('Jos\xe9,1\n', 'latin1')]),
      /line 3.*another encoding/i,
    ],
    ['a zip', Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 0xff, 0xfe]), /text|zip/i],
  ])('a data file that is %s', async (_, bytes, said) => {
    workshop.write('bad.csv', bytes);
    const finished = await terrarium(
      'run',
      '--data',
      'bad.csv',
      '--target',
      'species',
      '--out',
      'o',
    );
    expectWrongCall(finished, said, /bad\.csv/);
  });

  it('a spec with a mistake, at its path, and as an object where --json is asked', async () => {
    const spoiled = stringify({
      ...goodSpec(),
      split: { train: 0.9, validation: 0.2, test: -0.1 },
    });
    workshop.write('spoiled.yaml', spoiled);
    expectWrongCall(await terrarium('run', 'spoiled.yaml', '--out', 'o'), /split\.test/);
    const finished = await terrarium('run', 'spoiled.yaml', '--out', 'o', '--json');
    expect(finished.code).toBe(2);
    expect(errorObject(finished)).toMatchObject({ details: { path: 'split.test' } });
    expect(errorObject(finished).message).toMatch(/split\.test/);
  });

  it('YAML with a syntax error, with its line', async () => {
    workshop.write('broken.yaml', 'version: 1\nname: [birds\n');
    expectWrongCall(await terrarium('run', 'broken.yaml', '--out', 'o'), /line [23]/i);
  });

  it('an output folder that cannot be written, before it trains', async () => {
    workshop.write('taken', 'a file');
    const startedAt = Date.now();
    for (const out of ['taken', join('taken', 'below')]) {
      const finished = await terrarium('run', 'birds.yaml', '--out', out, '--json');
      expect(finished.code, finished.stderr).toBe(2);
      expect(errorObject(finished).message).toContain(out);
      expect(errorObject(finished).code).not.toBe('internal');
    }
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    expect(workshop.read('taken')).toBe('a file');
  });

  it.each<[string, string[]]>([
    ['an unknown option', ['run', '--colour', '--json']],
    ['an unknown command', ['trian', '--json']],
    ['a missing file', ['replay', 'nowhere.json', '--json']],
    ['a missing model', ['predict', 'no.onnx', 'birds.csv', '--out', 'p.csv', '--json']],
  ])('--json gives an object for %s', async (_, args) => {
    const finished = await terrarium(...args);
    expect(finished.code).toBe(2);
    expect(finished.stdout).toBe('');
    expect(errorObject(finished).code).toMatch(/^[a-z0-9_]+$/);
    expect(errorObject(finished).code).not.toBe('internal');
  });
});

describe('run', () => {
  it('tells on stderr what is doubtful about the file and why the task is what it is, and records it', async () => {
    const rows = birdsCsv.replace(/^1,Adelie,[^,]*,[^,]*,/m, '1,Adelie,Dream,unknown,');
    workshop.write('doubtful.csv', rows);
    const { code, stderr } = await terrarium(
      ...['run', '--data', 'doubtful.csv', '--target', 'species', '--out', 'doubtful'],
      ...['--set', 'evaluation.resamples=100'],
    );
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/^data: .*"mass".*unknown.* In a spec: columns\.mass\.missing and /m);
    expect(stderr).toMatch(/^task: classification, because species holds texts/m);
    const { dataset } = workshop.record('doubtful/run.json');
    expect(dataset.doubts.join(' ')).toMatch(/"mass".*unknown/);
    expect(workshop.read('doubtful/model-card.md')).toContain('unknown');
  });

  it('--json prints the record as it is written, and nothing else', async () => {
    const { code, stdout, stderr } = await terrarium(
      ...['run', '--data', 'birds.csv', '--target', 'species', '--out', 'as-json', '--json'],
      ...['--set', 'evaluation.resamples=100'],
    );
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(workshop.record('as-json/run.json'));
  });

  it('whose target is too far from 0 for any model ends with a sentence', async () => {
    const huge = tableOf(90, {
      x: (row) => noise(row).toFixed(3),
      y: (row) => (1e15 + 0.125 * Math.round(8 * noise(row))).toFixed(3),
    });
    workshop.write('huge.csv', huge);
    const words = ['run', '--data', 'huge.csv', '--target', 'y', '--out', 'huge', '--json'];
    const finished = await terrarium(...words, '--set', 'evaluation.resamples=100');
    expect(finished.code).toBe(2);
    expect(errorObject(finished)).toMatchObject({ code: 'target_far_from_zero' });
  });

  it('writes the run, the model, the card and the spec, and prints the candidates', async () => {
    const { code, stdout, stderr } = await terrarium(
      'run',
      'birds.yaml',
      '--out',
      'deep/out',
      '--backend',
      'cpu',
      '--seed',
      '9',
    );
    expect(code, stderr).toBe(0);
    for (const name of ['baseline', 'linear', 'network']) expect(stdout).toContain(name);
    expect(stdout).toMatch(/macro_f1|macro-f1/i);
    expect(stderr).not.toBe('');
    const record = workshop.record('deep/out/run.json');
    expect(record.environment).toMatchObject({ backend: 'cpu', requestedBackend: 'cpu' });
    expect(record.spec.seed).toBe(9);
    for (const file of ['model.onnx', 'model-card.md', 'spec.yaml']) {
      expect(existsSync(join(workshop.folder, 'deep/out', file)), file).toBe(true);
    }
    expect(workshop.read('deep/out/model-card.md')).toMatch(/```python/);
  });

  it('ranks rows within the queries of a column that --set names', async () => {
    workshop.write('searches.csv', hotelSearches(20));
    const asked = ['task=ranking', 'query=search_id', 'evaluation.resamples=100', 'backend=wasm'];
    const sets = asked.flatMap((one) => ['--set', one]);
    const call = ['run', '--data', 'searches.csv', '--target', 'grade', ...sets, '--out', 'ranked'];
    const { code, stdout } = await terrarium(...call);
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('NDCG@10');
    const { spec } = workshop.record('ranked/run.json');
    expect(spec).toMatchObject({ query: 'search_id', split: { method: 'group', by: 'search_id' } });
  });

  it('proposes a forecast where --set names its times: the latest rows for the test, and a baseline to beat', async () => {
    const day = (row: number) => new Date(Date.UTC(2024, 0, 1 + (row % 60))).toISOString();
    const shops = tableOf(120, {
      day: (row) => day(row).slice(0, 10),
      shop: (row) => (row < 60 ? 'north' : 'south'),
      guests: (row) => String(row % 7),
    });
    workshop.write('shops.csv', shops);
    const asked = ['forecast.time=day', 'forecast.series=shop', 'evaluation.resamples=100'];
    const call = ['run', '--data', 'shops.csv', '--target', 'guests', '--out', 'out-forecast'];
    const sets = asked.flatMap((one) => ['--set', one]);
    const { code, stderr } = await terrarium(...call, ...sets);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('task: regression, because a forecast is asked for');
    const { spec, candidates } = workshop.record('out-forecast/run.json');
    expect(spec.split).toMatchObject({ method: 'time', by: 'day' });
    expect(spec.steps.map(({ step }) => step)).toContain('one_hot');
    expect(candidates.map(({ model }) => model)).toEqual(['last_value', 'ridge', 'mlp']);
  });

  it('without a spec takes the inputs that --set gives, with the steps that suit them', async () => {
    const codes = Array.from({ length: 60 }, (_, row) => `k${row},${row % 2 === 0 ? 'a' : 'b'}`);
    workshop.write('codes.csv', ['code,kind', ...codes].join('\n'));
    const call = [
      ...['run', '--data', 'codes.csv', '--target', 'kind', '--out', 'codes'],
      ...['--set', 'candidates=[{name: baseline, model: majority}]'],
      ...['--set', 'evaluation.resamples=100'],
    ];
    expectWrongCall(await terrarium(...call), 'columns: no input column is left');
    const { code, stderr } = await terrarium(...call, '--set', 'columns.code.type=categorical');
    expect(code, stderr).toBe(0);
    const { spec } = workshop.record('codes/run.json');
    expect(spec.steps.map(({ step, columns }) => [step, columns])).toEqual([
      ['impute', 'categorical'],
      ['one_hot', 'categorical'],
    ]);
  });

  it('takes any field by --set, over a folder that is there', async () => {
    mkdirSync(join(workshop.folder, 'there'), { recursive: true });
    const { code, stderr } = await terrarium(
      ...['run', '--data', 'birds.csv', '--target', 'species', '--out', 'there', '--seed', '3'],
      ...['--set', 'metric=accuracy', '--set', 'split.train=0.5', '--set', 'split.validation=0.3'],
      ...['--set', 'columns.flipper.type=ignore', '--set', 'evaluation.resamples=100'],
    );
    expect(code, stderr).toBe(0);
    const { spec, contract } = workshop.record('there/run.json');
    expect(spec).toMatchObject({
      seed: 3,
      metric: 'accuracy',
      split: { train: 0.5, validation: 0.3, test: 0.2 },
    });
    expect(contract.inputs.map(({ name }) => name)).not.toContain('flipper');
    expect(contract.inputs.map(({ name }) => name)).not.toContain('id');
  });
});
