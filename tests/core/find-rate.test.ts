import { beforeAll, describe, expect, it } from 'vitest';
import { findRate, type RateProgress, type RateRequest } from '#core/find-rate.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { readText } from '../support/csv.ts';
import { nodeEngine, noise, runCsv, tableOf } from '../support/experiment.ts';
import { mailsCsv } from '../support/mails.ts';
import { refusalOf } from '../support/refusal.ts';

const ROWS = 120;
const partOf = (row: number): string =>
  ['train', 'train', 'train', 'validation', 'test'][row % 5] ?? '';
const table = (odd = 0, kinds = ['a', 'b', 'c']): string =>
  tableOf(ROWS, {
    length: (row) => (3 * noise(row) + (row % 3) + (partOf(row) === 'train' ? 0 : odd)).toFixed(3),
    width: (row) => (2 * noise(row, 1) - (row % 3)).toFixed(3),
    kind: (row) => kinds[row % kinds.length] ?? '',
    part: partOf,
  });
const baseline = { name: 'baseline', model: 'majority', parameters: {} };
const network = { name: 'network', model: 'mlp', parameters: { batch_size: 16 } };

let spec: Spec;
beforeAll(async () => {
  const { info } = await readText(table());
  const { data, ...proposed } = proposeSpec(info, 'kind', { seed: 7 });
  spec = {
    ...proposed,
    data: { source: data.source },
    split: { ...proposed.split, method: 'column', by: 'part' },
    candidates: [baseline, network],
  };
});

async function find(csv = table(), change: Partial<RateRequest> = {}) {
  return findRate({
    spec,
    dataset: await readText(csv),
    engine: await nodeEngine(),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...change,
  });
}

const withCandidates = (...candidates: Spec['candidates']): Spec => ({ ...spec, candidates });

describe('finding a rate for a spec', () => {
  it('gives the curve and its suggestions, and tells how far it is', async () => {
    const heard: RateProgress[] = [];
    const finding = await find(table(), { onProgress: (progress) => heard.push(progress) });
    expect(finding).toMatchObject({
      ...{ candidate: 'network', model: 'mlp', rows: 72, batchRows: 16 },
      backend: { name: 'wasm' },
    });
    expect(finding.suggestions.map(({ rule }) => rule)).toEqual(['steepest', 'minimum']);
    expect(heard.at(-1)).toEqual({ step: 'steps', done: finding.points.length, total: 100 });
  });

  it('takes the steps of the run itself: the same rows, order and weights', async () => {
    const { points } = await find();
    const one = { ...network, parameters: { ...network.parameters, max_steps: 1 } };
    const { outcome } = await runCsv(table(), 'kind', () => withCandidates(baseline, one));
    const { history } = outcome.record.candidates[1] ?? {};
    expect(history?.[0]?.trainLoss).toBe(points[0]?.loss);
  });

  it('reads nothing of validation and test rows', async () => {
    const [plain, spoilt] = [await find(), await find(table(1000))];
    expect(spoilt.points).toEqual(plain.points);
  });

  it('goes by the candidate’s own steps and balance', async () => {
    const balanced = { ...network, balance: { method: 'class_weight', parameters: {} } } as const;
    const rare = table(0, ['a', 'b', 'a', 'a', 'b', 'c']);
    const changed = await find(rare, { spec: withCandidates(baseline, balanced) });
    expect(changed.points).not.toEqual((await find(rare)).points);
  });

  it('waits for a decision on personal data, as a run does', async () => {
    const { info } = await readText(mailsCsv);
    const proposed = { ...proposeSpec(info, 'y', { seed: 7 }), candidates: [baseline, network] };
    const refusal = await refusalOf(() => find(mailsCsv, { spec: proposed }));
    expect(refusal).toMatchObject({
      code: 'personal_undecided',
      details: { path: 'columns.mail.personal.decision', columns: ['mail'] },
    });
    const decided = { ...proposed, columns: { mail: { personal: { decision: 'drop' as const } } } };
    expect((await find(mailsCsv, { spec: decided })).candidate).toBe('network');
  });

  it('has the same bits whichever candidates stand beside it', async () => {
    const plain = await find();
    const beside = { ...network, name: 'other', parameters: { hidden_units: [4] } };
    const several = withCandidates(baseline, beside, network);
    expect(await find(table(), { spec: several, candidate: 'network' })).toEqual(plain);
  });
});

describe('finding a rate is refused', () => {
  const linear = { name: 'linear', model: 'logistic_regression', parameters: {} };
  it.each<[string, () => Partial<RateRequest>, string, RegExp]>([
    [
      'for a model that is no network',
      () => ({ spec: withCandidates(baseline, linear, network), candidate: 'linear' }),
      'no_network',
      /^"linear" \(Logistic regression\) is no network.*Networks here: network\.$/,
    ],
    [
      'where there is no network',
      () => ({ spec: withCandidates(baseline, linear) }),
      'no_network',
      /^The spec has no network among its candidates.*for example mlp\.$/,
    ],
    [
      'where it is not said for which of several',
      () => ({ spec: withCandidates(baseline, network, { ...network, name: 'other' }) }),
      'several_networks',
      /Name one: network, other\.$/,
    ],
    [
      'for a candidate that is not there',
      () => ({ candidate: 'netwrok' }),
      'unknown_candidate',
      /^The spec has no candidate "netwrok"\. It has: baseline, network\.$/,
    ],
    [
      'with a parameter out of range',
      () => ({ spec: withCandidates(baseline, { ...network, parameters: { batch_size: 0 } }) }),
      'parameter_out_of_range',
      /candidates\[1\]\.parameters\.batch_size/,
    ],
  ])('%s', async (_, change, code, said) => {
    const error: unknown = await find(table(), change()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, kind: 'input' });
    const { message, hint } = error as { message: string; hint?: string };
    expect(`${message} ${hint ?? ''}`.trim()).toMatch(said);
  });

  it('on too few rows, or a target that is the same everywhere', async () => {
    const few = table().split('\n').slice(0, 6).join('\n');
    await expect(find(few)).rejects.toMatchObject({ code: 'too_few_rows' });
    const same = table().replaceAll(/,[abc],/g, ',a,');
    await expect(find(same)).rejects.toMatchObject({ code: 'target_one_class' });
  });

  it('where the loss explodes at once, with what to try', async () => {
    const wild = tableOf(60, {
      x: (row) => (1e7 * (1 + noise(row))).toFixed(0),
      y: (row) => (3 * noise(row, 1)).toFixed(3),
    });
    const { info } = await readText(wild);
    const parameters = { optimizer: 'sgd', hidden_units: [] };
    const unscaled: Spec = {
      ...proposeSpec(info, 'y', { seed: 7 }),
      steps: [],
      candidates: [
        { ...baseline, model: 'mean' },
        { ...network, parameters },
      ],
    };
    await expect(find(wild, { spec: unscaled })).rejects.toMatchObject({
      code: 'diverged_at_once',
      kind: 'run',
      message: expect.stringMatching(
        /^network: the loss left all bounds at step \d+, at a/,
      ) as string,
      hint: expect.stringContaining('Scale the columns') as string,
    });
  });

  it('after a cancel', async () => {
    const cancelling = new AbortController();
    const onProgress = () => cancelling.abort();
    const finding = find(table(), { signal: cancelling.signal, onProgress });
    await expect(finding).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
