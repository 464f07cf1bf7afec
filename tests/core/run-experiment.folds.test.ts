import { describe, expect, it } from 'vitest';
import { prepareRun } from '#core/run/prepare-run.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { modelCard } from '#core/registry/model-card.ts';
import type { RunEvent } from '#core/run-events.ts';
import { parseSpec, specToYaml } from '#core/spec/parse-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { birdsCsv } from '../support/cli.ts';
import {
  expectEndsWell,
  noise,
  runCsv,
  tableOf,
  withoutNetwork,
  type Experiment,
} from '../support/experiment.ts';
import { thrownBy } from '../support/refusal.ts';

/** The spec with so many folds, and other settings of the split. */
function withFolds(folds: number, split: Partial<Spec['split']> = {}): (spec: Spec) => Spec {
  return (spec) => parseSpec(specToYaml({ ...spec, split: { ...spec.split, folds, ...split } }));
}

/** The same with a network of few epochs, which is quick. */
function withSmallNetwork(spec: Spec): Spec {
  const candidates = spec.candidates.map((candidate) =>
    candidate.model === 'mlp'
      ? { ...candidate, parameters: { epochs: 6, patience: 3, hidden_units: [4] } }
      : candidate,
  );
  return { ...spec, candidates };
}

const foldsOf = ({ outcome }: Experiment) =>
  outcome.record.candidates.map(({ crossValidation }) => crossValidation?.folds ?? []);
const hashesOf = (experiment: Experiment) =>
  foldsOf(experiment).map((folds) => folds.map(({ weightsSha256 }) => weightsSha256));

describe('a run with five folds', () => {
  const small = (spec: Spec): Spec => withSmallNetwork(withFolds(5)(spec));
  const run = runCsv(birdsCsv, 'species', small);

  it('measures every candidate on each of them, and says the mean and the deviation', async () => {
    const experiment = await run;
    expectEndsWell(experiment);
    for (const { crossValidation } of experiment.outcome.record.candidates) {
      const values = crossValidation?.folds.map(({ metrics }) => metrics.accuracy ?? NaN) ?? [];
      expect(values).toHaveLength(5);
      const mean = values.reduce((sum, value) => sum + value / 5, 0);
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const { accuracy } = crossValidation?.metrics ?? {};
      expect(accuracy?.mean).toBeCloseTo(mean, 12);
      expect(accuracy?.standardDeviation).toBeCloseTo(Math.sqrt(squares / 4), 12);
    }
  });

  it('says what each fold holds, and that the folds chose', async () => {
    const { record } = (await run).outcome;
    const { train, validation, folds = [] } = record.split;
    expect(folds.map((fold) => fold.train + fold.test)).toEqual(Array(5).fill(train + validation));
    expect(folds.reduce((sum, fold) => sum + fold.test, 0)).toBe(train + validation);
    const adelies = folds.map(({ classes }) => classes?.['Adelie'] ?? NaN);
    expect(Math.max(...adelies) - Math.min(...adelies)).toBeLessThanOrEqual(1);
    expect(modelCard(record)).toMatch(/chosen by the mean Macro F1 over 5 folds/);
    expect(modelCard(record)).toMatch(/\| logistic \| \d\.\d{3} ± \d\.\d{3} \|/);
  });

  it('tells of each fold as it goes', async () => {
    const { events } = await run;
    const [baseline = ''] = (await run).spec.candidates.map(({ name }) => name);
    const steps = events.filter(
      (event): event is Extract<RunEvent, { type: 'fold' }> =>
        event.type === 'fold' && event.candidate === baseline,
    );
    expect([...new Set(steps.map(({ fold }) => fold))]).toEqual([1, 2, 3, 4, 5]);
    expect(steps.every(({ folds, etaMs }) => folds === 5 && etaMs >= 0)).toBe(true);
    expect(steps.map(({ done }) => done)).toEqual(steps.map(({ done }) => done).toSorted());
    const stages = events.filter((event) => event.type === 'stage').map(({ stage }) => stage);
    expect(stages.slice(0, 5)).toEqual(['train', 'export', 'parity', 'evaluate', 'folds']);
  });

  it('is the same bits again, whatever stands beside a candidate', async () => {
    const again = await runCsv(birdsCsv, 'species', small);
    expect(hashesOf(again)).toEqual(hashesOf(await run));
    const alone = await runCsv(birdsCsv, 'species', (spec) => {
      const { candidates, ...rest } = small(spec);
      return {
        ...rest,
        candidates: candidates.filter(({ model }) => model !== 'logistic_regression'),
      };
    });
    expect(hashesOf(alone)).toEqual([hashesOf(await run)[0], hashesOf(await run)[2]]);
  });
});

describe('what a fold is trained on', () => {
  /** Every tenth row or so is for the test; the others have a fold, and one of them is for validation. */
  const partOf = (row: number): string =>
    ['train', 'train', 'train', 'validation', 'test'][row % 5] ?? '';
  const dealt = (shift: (row: number) => number): string =>
    tableOf(120, {
      part: partOf,
      round: (row) => `r${row % 3}`,
      x: (row) => (10 * noise(row) + shift(row)).toFixed(3),
      z: (row) => (noise(row, 5) + shift(row)).toFixed(3),
      y: (row) => (10 * noise(row) + noise(row, 2)).toFixed(3),
    });
  const byColumn = (spec: Spec): Spec =>
    withSmallNetwork(withFolds(3, { method: 'column', by: 'part', foldsBy: 'round' })(spec));
  const hashes = async (shift: (row: number) => number) =>
    hashesOf(await runCsv(dealt(shift), 'y', byColumn)).slice(1);

  it('is no test row of the run', async () => {
    const plain = await hashes(() => 0);
    expect(await hashes((row) => (partOf(row) === 'test' ? 50 : 0))).toEqual(plain);
  });

  it('is no row of its own test, for the features and for stopping alike', async () => {
    const plain = await hashes(() => 0);
    const shifted = await hashes((row) => (row % 3 === 1 ? 50 : 0));
    for (const [i, own] of plain.entries()) {
      expect(shifted[i]?.[1]).toBe(own[1]);
      expect(shifted[i]?.[0]).not.toBe(own[0]);
      expect(shifted[i]?.[2]).not.toBe(own[2]);
    }
  });

  it('is parted for a model that stops early, and whole for one that does not', async () => {
    const { dataset, spec } = await runCsv(
      dealt(() => 0),
      'y',
      (one) => withoutNetwork(byColumn(one)),
    );
    const [fit] = prepareRun(spec, dataset).folds;
    const rowsOf = (model: string) => {
      const parts = fit?.(estimatorNamed(model)).parts;
      return [parts?.train.rows.length, parts?.validation.rows.length, parts?.test.rows.length];
    };
    expect(rowsOf('ridge')).toEqual([64, 0, 32]);
    expect(rowsOf('mlp')).toEqual([48, 16, 32]);
  });
});

describe('folds by other methods', () => {
  const visits = tableOf(150, {
    patient: (row) => `p${row % 50}`,
    day: (row) =>
      `2024-${String(Math.floor(row / 28) + 1).padStart(2, '0')}-${String((row % 28) + 1).padStart(2, '0')}`,
    weight: (row) => (60 + 20 * noise(row)).toFixed(2),
    outcome: (row) => (noise(row) + noise(row, 1) > 1 ? 'ill' : 'well'),
  });
  const run = (split: Partial<Spec['split']>) =>
    runCsv(visits, 'outcome', (spec) => withoutNetwork(withFolds(4, split)(spec)));

  it('keep groups whole', async () => {
    const experiment = await run({ method: 'group', by: 'patient' });
    expectEndsWell(experiment);
    const { groups, folds = [] } = experiment.outcome.record.split;
    const outside = (groups?.train ?? 0) + (groups?.validation ?? 0);
    expect(folds.reduce((sum, fold) => sum + (fold.groups ?? 0), 0)).toBe(outside);
  });

  it('go forward in time, and end before the test', async () => {
    const experiment = await run({ method: 'time', by: 'day', gap: 2 });
    expectEndsWell(experiment);
    const { times, folds = [] } = experiment.outcome.record.split;
    const edges = folds.flatMap((fold) => [fold.times?.from ?? '', fold.times?.to ?? '']);
    expect(edges).toEqual(edges.toSorted());
    expect((edges.at(-1) ?? '') < (times?.test.from ?? '')).toBe(true);
    expect(folds.map(({ train }) => train)).toEqual(
      folds.map(({ train }) => train).toSorted((a, b) => a - b),
    );
  });
});

it('the folds choose the best, also against the validation rows', async () => {
  // The validation rows lie: their labels are the others'.
  const csv = tableOf(200, {
    part: (row) => (row % 4 === 3 ? 'test' : row % 8 === 1 ? 'validation' : 'train'),
    round: (row) => `r${row % 5}`,
    x: (row) => noise(row).toFixed(4),
    label: (row) => (noise(row) > 0.35 !== (row % 8 === 1) ? 'yes' : 'no'),
  });
  const by = { method: 'column', by: 'part' } as const;
  const chosenBy = async (split: Partial<Spec['split']>) =>
    (
      await runCsv(csv, 'label', (spec) =>
        withoutNetwork({ ...spec, split: { ...spec.split, ...by, ...split }, metric: 'accuracy' }),
      )
    ).outcome.record.best;
  expect(await chosenBy({})).toBe('baseline');
  expect(await chosenBy({ folds: 5, foldsBy: 'round' })).toBe('logistic');
});

it('tells how the training of a fold goes: its epochs with their scores, its pace and its memory', async () => {
  const stop = new AbortController();
  const seen: RunEvent[] = [];
  const inFolds = (): readonly RunEvent[] => {
    const from = seen.findIndex((event) => event.type === 'stage' && event.stage === 'folds');
    return from === -1 ? [] : seen.slice(from);
  };
  // Long enough that its pace is told, on a fast machine too.
  const long = { epochs: 10_000, patience: 10_000, max_steps: 6000 };
  const parameters = { ...long, hidden_units: [128, 128] };
  const thrown = await thrownBy(() =>
    runCsv(
      birdsCsv,
      'species',
      (spec) => ({
        ...withFolds(5)(spec),
        candidates: [
          { name: 'baseline', model: 'majority', parameters: {} },
          { name: 'network', model: 'mlp', parameters },
        ],
      }),
      {
        signal: stop.signal,
        onEvent: (event) => {
          if (!('candidate' in event) || event.candidate !== 'network') return;
          seen.push(event);
          if (inFolds().some(({ type }) => type === 'pulse')) stop.abort();
        },
      },
    ),
  );
  expect(thrown).toMatchObject({ kind: 'cancelled' });
  const epochs = inFolds().flatMap((event) => (event.type === 'fold' ? (event.epoch ?? []) : []));
  expect(epochs.map(({ epoch }) => epoch)).toEqual(
    epochs.map(({ epoch }) => epoch).toSorted((a, b) => a - b),
  );
  expect(epochs[0]).toMatchObject({ epochs: 10_000, learningRate: 0.005 });
  expect(epochs[0]?.validationScore).toBeGreaterThan(0);
  const pulse = inFolds().find((event) => event.type === 'pulse');
  expect(pulse).toMatchObject({ steps: 6000, memory: { of: 'kernels' } });
  expect(pulse?.rowsPerSecond).toBeGreaterThan(0);
  expect(pulse?.etaMs).toBeGreaterThan(0);
});

it('a cancel is heard in a fold', async () => {
  const stop = new AbortController();
  const seen: RunEvent[] = [];
  const thrown = await thrownBy(() =>
    runCsv(birdsCsv, 'species', withFolds(5), {
      signal: stop.signal,
      onEvent: (event) => {
        seen.push(event);
        if (event.type === 'fold' && event.fold === 2) stop.abort();
      },
    }),
  );
  expect(thrown).toMatchObject({ kind: 'cancelled' });
  expect(seen.some((event) => event.type === 'candidate')).toBe(false);
});

it('a metric that some fold lacks has no mean', async () => {
  const experiment = await runCsv(
    tableOf(60, {
      x: (row) => noise(row).toFixed(3),
      y: (row) => (noise(row) + 0.2 * noise(row, 3)).toFixed(3),
      part: (row) => (row % 5 === 4 ? 'test' : row % 5 === 3 ? 'validation' : 'train'),
      // One fold of a single row, on which R² says nothing.
      round: (row) => (row === 0 ? 'alone' : 'rest'),
    }),
    'y',
    (spec) =>
      withoutNetwork(withFolds(2, { method: 'column', by: 'part', foldsBy: 'round' })(spec)),
  );
  const ridge = experiment.outcome.record.candidates.at(-1);
  expect(ridge?.crossValidation?.folds.map(({ metrics }) => metrics.r2 === null)).toEqual([
    true,
    false,
  ]);
  expect(ridge?.crossValidation?.metrics.r2).toEqual({ mean: null, standardDeviation: null });
  expect(ridge?.crossValidation?.metrics.rmse?.mean).toBeGreaterThan(0);
});
