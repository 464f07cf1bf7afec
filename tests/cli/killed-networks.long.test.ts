import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import type { RunRecord } from '#core/spec/run-record.ts';
import { RandomStream } from '#core/random.ts';
import { Workshop } from '../support/cli.ts';
import { noise, tableOf } from '../support/experiment.ts';
import { colouredPng } from '../support/images.ts';
import { sitFor, type Sitting } from '../support/killed-run.ts';
import { sampleText } from '../support/language.ts';
import { outcomeOf } from '../support/run-outcome.ts';

vi.setConfig({ testTimeout: 900_000 });

/** Of each case; the moments take turns. */
const KILLS = 6;
const moments = ['work', 'keeping', 'results', 'work', 'start', 'keeping'] as const;

const random = new RandomStream(Date.now() % 2 ** 31);
const workshop = new Workshop();
afterAll(() => workshop.remove());

for (let i = 0; i < 90; i += 1) {
  const level = (at: number, c: number): number => (c === i % 3 ? 180 : (at * 7 + i * 13) % 120);
  workshop.write(`pets/${['cat', 'dog', 'owl'][i % 3]}/${i}.png`, colouredPng(10, 10, level));
}
workshop.write('text.txt', sampleText);
const columns = (count: number, of: (row: number, at: number) => number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`x${at}`, (row: number) => of(row, at).toFixed(3)]),
  );
const wave = (row: number, at: number): number =>
  Math.sin((at * (1 + (row % 3))) / 2) + noise(row, at);
workshop.write(
  'waves.csv',
  tableOf(200, { ...columns(8, wave), kind: (row) => 'abc'.charAt(row % 3) }),
);
workshop.write(
  'many.csv',
  tableOf(12_000, {
    ...columns(10, noise),
    kind: (row) => (noise(row, 0) * noise(row, 1) + noise(row, 99) > 0.75 ? 'a' : 'b'),
  }),
);
const filler = 'the room was clean and our breakfast came late with cold coffee'.split(' ');
workshop.write(
  'reviews.csv',
  tableOf(240, {
    review: (row) =>
      Array.from({ length: 9 }, (_, i) =>
        i === row % 9 ? ['lovely', 'awful'][row % 2] : filler[Math.floor(noise(row, i) * 12)],
      ).join(' '),
    kind: (row) => ['again', 'never'][row % 2] ?? '',
  }),
);

interface Case {
  readonly data: string;
  /** Estimators and their parameters, the baseline first. */
  readonly models: readonly (readonly [string, Readonly<Record<string, unknown>>])[];
  readonly set: Readonly<Record<string, unknown>>;
  readonly target?: string;
  /** As many threads as a sitting happens to have. */
  readonly mostWorkers?: number;
}

const majority = ['majority', {}] as const;
const lasting = (epochs: number): object => ({ epochs, patience: epochs });
const step = (name: string, columns: string, parameters: object = {}): object => ({
  steps: [{ step: name, columns, parameters }],
});

/** Networks beside the one for small tables, with what draws by chance in each step; one by tfjs. */
const cases: Readonly<Record<string, Case>> = {
  'images that are changed by chance': {
    data: 'pets',
    target: 'label',
    models: [
      majority,
      [
        'cnn',
        {
          ...lasting(200),
          filters: [8, 9],
          rotate: 9,
          mix_up: 0.2,
          dropout: 0.2,
          batch_norm: true,
        },
      ],
    ],
    set: {
      ...step('pixels', 'image', { width: 10, height: 10 }),
      backend: 'wasm',
    },
  },
  'recurrent units by tfjs, in folds': {
    data: 'waves.csv',
    target: 'kind',
    models: [majority, ['gru', { ...lasting(4), units: 6, hidden_units: [5], dropout: 0.2 }]],
    set: { ...step('sequence', 'numeric'), backend: 'cpu', 'split.folds': 2 },
  },
  'convolutions along sequences': {
    data: 'waves.csv',
    target: 'kind',
    models: [majority, ['conv1d', { ...lasting(250), dropout: 0.2 }]],
    set: { ...step('sequence', 'numeric'), backend: 'wasm' },
  },
  'attention over words': {
    data: 'reviews.csv',
    target: 'kind',
    models: [majority, ['text_classifier', { ...lasting(600), embedding_size: 16, dropout: 0.2 }]],
    set: { ...step('tokens', 'text', { max_length: 12 }), backend: 'wasm' },
  },
  'what gives its own input back': {
    data: 'waves.csv',
    models: [
      ['even_score', {}],
      ['autoencoder', lasting(1200)],
    ],
    set: { task: 'anomaly_detection', backend: 'wasm', 'columns.kind.type': 'ignore' },
  },
  'a text, letter by letter': {
    data: 'text.txt',
    models: [
      ['character_counts', {}],
      ['char_transformer', { ...lasting(60), width: '32', heads: '2', layers: 1, dropout: 0.1 }],
    ],
    set: { ...step('characters', 'text', { context: '16' }), backend: 'wasm' },
  },
  'one to three threads in each sitting': {
    data: 'many.csv',
    target: 'kind',
    models: [
      majority,
      ['mlp', { hidden_units: [256, 256], batch_size: 128, ...lasting(6), dropout: 0.2 }],
      ['gradient_boosting', { max_iter: 150, patience: 0 }],
      ['random_forest', { n_estimators: 30 }],
    ],
    set: { backend: 'wasm' },
    mostWorkers: 3,
  },
};

function callOf({ data, models, set, target, mostWorkers }: Case) {
  const candidates = models.map(([model, parameters]) => ({ name: model, model, parameters }));
  const all = { ...set, candidates, 'evaluation.resamples': 100 };
  const given = target === undefined ? [] : ['--target', target];
  return (out: string): string[] => [
    ...['run', '--data', data, ...given, '--out', out, '--resume', '--checkpoint-every', '0.02'],
    ...(mostWorkers === undefined ? [] : ['--workers', `${1 + random.integer(mostWorkers)}`]),
    ...Object.entries(all).flatMap(([path, value]) => [
      ...['--set', `${path}=${typeof value === 'string' ? value : JSON.stringify(value)}`],
    ]),
  ];
}

interface Alone {
  readonly record: RunRecord;
  /** Milliseconds until it began to work, and of its work. */
  readonly startMs: number;
  readonly workMs: number;
}

async function runAlone(args: string[], out: string): Promise<Alone> {
  const start = performance.now();
  const { code, stderr } = await sitFor(workshop.folder, args, 1e6);
  expect(code, stderr).toBe(0);
  const record = workshop.record(`${out}/run.json`);
  const { workedMs = NaN } = record;
  return { record, startMs: performance.now() - start - workedMs, workMs: workedMs };
}

/** One sitting, with a kill at some such moment. */
async function sitUntil(
  moment: (typeof moments)[number],
  args: string[],
  out: string,
  { startMs, workMs }: Alone,
): Promise<Sitting> {
  if (moment === 'start') {
    return sitFor(workshop.folder, args, random.uniform() * startMs, { from: 'process' });
  }
  if (moment === 'work') return sitFor(workshop.folder, args, random.uniform() * workMs);
  const isKeeping = moment === 'keeping';
  const folder = join(workshop.folder, out, isKeeping ? 'checkpoints' : '.');
  mkdirSync(folder, { recursive: true });
  const watcher = watch(folder);
  const wanted = isKeeping ? /\.checkpoint/ : /^(?:spec|model)|^run\.json/;
  let left = 1 + random.integer(isKeeping ? 25 : 6);
  const sitting = await sitFor(workshop.folder, args, 1e6, {
    killer: (kill) =>
      watcher.on('change', (_, name) => {
        if (wanted.test(String(name))) left -= 1;
        if (left === 0) kill();
      }),
  });
  watcher.close();
  return sitting;
}

it.each(Object.entries(cases))(
  `${KILLS} kills at random moments, each resumed, end as a run left alone: %s`,
  async (_, one) => {
    const call = callOf(one);
    const name = one.models[1]?.[0] ?? '';
    const alone = await runAlone(call(`${name}-alone`), `${name}-alone`);
    const killed: string[] = [];
    let [runs, resumed] = [0, 0];
    for (let at = 0; killed.length < KILLS || resumed === 0;) {
      runs += 1;
      const out = `${name}-${runs}`;
      for (;;) {
        const moment = moments[at++ % moments.length] ?? 'work';
        const { code, stderr } = await sitUntil(moment, call(out), out, alone);
        if (code === 0) break;
        expect(code, stderr).toBeNull();
        killed.push(moment);
      }
      const record = workshop.record(`${out}/run.json`);
      expect(outcomeOf(record), out).toEqual(outcomeOf(alone.record));
      expect(record.warnings, out).toEqual(alone.record.warnings);
      const model = readFileSync(join(workshop.folder, out, 'model.onnx'));
      const best = record.candidates.find(({ name: title }) => title === record.best);
      expect(createHash('sha256').update(model).digest('hex')).toBe(best?.onnx.sha256);
      expect(existsSync(join(workshop.folder, out, 'checkpoints'))).toBe(false);
      resumed += (record.resumed ?? []).filter(({ epoch }) => epoch !== undefined).length;
    }
    console.log(
      `${name}: killed in ${killed.join(', ')} of ${runs} runs; ${resumed} times from an epoch`,
    );
  },
);
