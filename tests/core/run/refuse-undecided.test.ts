import { describe, expect, it } from 'vitest';
import { findUndecided } from '#core/data/audit/personal/find-undecided.ts';
import { refuseUndecided } from '#core/run/refuse-undecided.ts';
import { runExperiment } from '#core/run-experiment.ts';
import { checkMeaning, checkSpec } from '#core/spec/check-spec.ts';
import { checkShape } from '#core/spec/parse-spec.ts';
import { proposeSpec, proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { readText } from '../../support/csv.ts';
import { nodeEngine, noise, runSpec, tableOf } from '../../support/experiment.ts';
import { refusalOf, thrownBy } from '../../support/refusal.ts';

/** Referrals: eight doctors by name and by mail, of whom each refers many, and whose births lie far apart. */
const doctors = ['Anna Weber', 'Peter Klein', 'Maria Rossi', 'John Smith', 'Laura Silva'];
const more = ['Thomas Becker', 'Julia Novak', 'Michael Chen'];
const names = [...doctors, ...more];
const csv = tableOf(120, {
  referrer: (row) => names[row % 8] ?? '',
  contact: (row) => `praxis${row % 8}@clinic.example`,
  born: (row) => `19${50 + ((row * 7) % 40)}-0${1 + (row % 9)}-1${row % 10}`,
  weight: (row) => (52 + 31 * noise(row, 1)).toFixed(1),
  outcome: (row) => (noise(row, 2) > 0.4 ? 'ill' : 'well'),
});

const keep = {
  decision: 'keep',
  reason: 'The referrer is what we study.',
  by: 'A. Okafor',
  at: '2026-01-31',
} as const;
const decided = {
  referrer: { personal: { decision: 'drop' } },
  contact: { personal: { decision: 'hash', salt: '0123456789abcdef' } },
  born: { personal: keep },
} as const;

async function referrals(change: (spec: Spec) => unknown = (spec) => spec) {
  const dataset = await readText(csv);
  const proposed = proposeSpec(dataset.info, 'outcome', { seed: 7 });
  const [baseline] = proposed.candidates;
  const small = { ...proposed, candidates: [baseline], evaluation: { resamples: 100 } };
  const spec = checkShape(change(small as Spec));
  checkMeaning(spec);
  checkSpec(spec, dataset.info);
  return { dataset, spec };
}

/** The columns that a run of the changed proposal is refused for; none where it is not. */
async function refusedFor(change?: (spec: Spec) => unknown): Promise<unknown> {
  const { dataset, spec } = await referrals(change);
  const { signal } = new AbortController();
  try {
    await refuseUndecided(dataset, spec, signal);
    return [];
  } catch {
    const refusal = await refusalOf(() => refuseUndecided(dataset, spec, signal));
    expect(refusal.code).toBe('personal_undecided');
    return refusal.details?.['columns'];
  }
}

describe('a run that would use personal data on which nobody has decided', () => {
  it('is refused before it trains: each column, what is in it, and where to decide', async () => {
    const { dataset, spec } = await referrals();
    const refusal = await refusalOf(() => runSpec(dataset, spec));
    expect(refusal).toMatchObject({
      code: 'personal_undecided',
      details: {
        path: 'columns.referrer.personal.decision',
        columns: ['referrer', 'contact', 'born'],
      },
    });
  });

  it('says what was found in each, with counts', async () => {
    const { dataset, spec } = await referrals();
    const { message, hint } = await refusalOf(() => runSpec(dataset, spec));
    for (const found of [
      'Column "referrer" seems to hold names of persons: 120 values of 120 values (100%).',
      'Column "contact" seems to hold e-mail addresses: 120 values of 120 values (100%).',
      'Column "born" seems to hold dates of birth: 120 values of 120 values (100%).',
    ]) {
      expect(message).toContain(found);
    }
    expect(hint).toMatch(/ to drop, mask, hash \(with a salt\) or keep \(with reason, by and at\)/);
    expect(hint).toMatch(/--set columns\.\w+\.personal\.decision=drop leaves it out\.$/);
  });

  it('ends well once each has a decision, whichever', async () => {
    const { dataset, spec } = await referrals((proposed) => ({ ...proposed, columns: decided }));
    const { outcome } = await runSpec(dataset, spec);
    expect(outcome.record.status).toBe('finished');
    expect(outcome.record.spec.columns).toEqual(decided);
  });

  it('waits for those that are left, and for no other', async () => {
    const { contact, born } = decided;
    expect(await refusedFor((spec) => ({ ...spec, columns: { contact, born } }))).toEqual([
      'referrer',
    ]);
  });

  it('is not refused for a column that it does not use', async () => {
    const unused = (settings: object) => (spec: Spec) => ({
      ...spec,
      columns: { ...decided, contact: settings },
    });
    expect(await refusedFor(unused({ type: 'ignore' }))).toEqual([]);
    expect(await refusedFor(unused({ type: 'identifier' }))).toEqual([]);
    expect(await refusedFor(unused({ known: false }))).toEqual([]);
    expect(await refusedFor(unused({}))).toEqual(['contact']);
  });

  it.each([
    ['groups', { method: 'group', by: 'contact', stratify: false }],
    ['keys', { method: 'random', key: 'contact', stratify: false }],
  ])('is refused for a column of %s, which is no input', async (_, split) => {
    const { referrer, born } = decided;
    const columns = { referrer, born };
    const dealt = (spec: Spec) => ({ ...spec, columns, split: { ...spec.split, ...split } });
    expect(await refusedFor(dealt)).toEqual(['contact']);
    expect(
      await refusedFor((spec) => ({
        ...dealt(spec),
        columns: { ...columns, contact: { personal: { decision: 'drop' } } },
      })),
    ).toEqual([]);
  });

  it('that learns such a column is told that it can only be kept', async () => {
    const dataset = await readText(csv);
    const proposed = proposeSpec(dataset.info, 'contact', { seed: 7 });
    const columns = { referrer: { type: 'ignore' as const }, born: { type: 'ignore' as const } };
    const refusal = await refusalOf(() => runSpec(dataset, { ...proposed, columns }));
    expect(refusal.details).toMatchObject({ columns: ['contact'] });
    expect(refusal.hint).toMatch(
      /can only be kept: set columns\.contact\.personal to \{ decision: keep/,
    );
    expect(refusal.hint).not.toMatch(/--set/);
  });

  it('is not refused where dates only lie like births: that is a warning', async () => {
    const dates = tableOf(120, {
      date: (row) => `19${50 + ((row * 7) % 40)}-0${1 + (row % 9)}-1${row % 10}`,
      weight: (row) => (52 + 31 * noise(row, 1)).toFixed(1),
      outcome: (row) => (noise(row, 2) > 0.4 ? 'ill' : 'well'),
    });
    const dataset = await readText(dates);
    const spec = proposeSpec(dataset.info, 'outcome', { seed: 7 });
    expect(await findUndecided(dataset, spec, '2026-01-31')).toEqual([]);
  });

  it('and that is a replay of one from before is repeated as it was', async () => {
    const { dataset, spec } = await referrals();
    const { record } = await runExperiment({
      ...{ dataset, spec, engine: await nodeEngine(), signal: new AbortController().signal },
      ...{ onEvent: () => {}, id: 'test-run', commit: null, isReplay: true },
    });
    expect(record.status).toBe('finished');
    expect(record.contract.inputs.map(({ name }) => name)).toContain('contact');
  });

  it('hears a cancel instead', async () => {
    const { dataset, spec } = await referrals();
    const cancelled = AbortSignal.abort();
    expect(await thrownBy(() => refuseUndecided(dataset, spec, cancelled))).toMatchObject({
      kind: 'cancelled',
    });
  });
});

describe('hostile tables', () => {
  it.each([
    ['a.b', "--set 'columns[a.b].personal.decision=drop'"],
    ['say "hi"', `--set 'columns.say "hi".personal.decision=drop'`],
    ["o'mail", "--set 'columns.o'\\''mail.personal.decision=drop'"],
    ['e-mail', '--set columns.e-mail.personal.decision=drop'],
    ['constructor', '--set columns.constructor.personal.decision=drop'],
  ])('a column called %s is named as a shell and a spec take it', async (name, said) => {
    const dataset = await readText(
      tableOf(90, {
        [name]: (row) => `user${row % 3}@example.org`,
        y: (row) => (row % 2 === 0 ? 'a' : 'b'),
      }),
    );
    const spec = proposeSpec(dataset.info, 'y', { seed: 7 });
    const { hint, message } = await refusalOf(() => runSpec(dataset, spec));
    expect(message).toContain(`Column "${name}" seems to hold e-mail addresses`);
    expect(hint).toContain(said);
  });

  it('of very many such columns each is named, and the first are described', async () => {
    const columns = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `mail ${i}`,
        (row: number) => `user${(row + i) % 3}@example.org`,
      ]),
    );
    const dataset = await readText(tableOf(30, { ...columns, y: (row) => row % 7 }));
    const spec = proposeSpec(dataset.info, 'y', { seed: 7 });
    const { message, details } = await refusalOf(() => runSpec(dataset, spec));
    for (const name of Object.keys(columns)) expect(message).toContain(`"${name}"`);
    expect(message.split('seems to hold').length - 1).toBe(8);
    expect(details?.['columns']).toHaveLength(60);
  });

  it('one address in a text among a thousand is one too many', async () => {
    const dataset = await readText(
      tableOf(200, {
        note: (row) =>
          row === 150
            ? 'please write to jo.doe@example.com before noon'
            : `the ${row}th note of this long day in town`,
        y: (row) => (row % 2 === 0 ? 'a' : 'b'),
      }),
    );
    const spec = proposeSpec(dataset.info, 'y', { seed: 7 });
    const { message } = await refusalOf(() => runSpec(dataset, spec));
    expect(message).toContain(
      'Column "note" seems to hold e-mail addresses: 1 value of 200 values',
    );
  });

  it('the text of a language model can only be kept', async () => {
    const lines = Array.from({ length: 80 }, (_, row) =>
      row === 40 ? 'write to jo.doe@example.com' : `the cat of line ${row} sees the moon`,
    );
    const dataset = await readText(`text\n${lines.join('\n')}\n`);
    const spec = proposeWithoutTarget(dataset.info, 'language', { seed: 7 });
    const { hint, details } = await refusalOf(() => runSpec(dataset, spec));
    expect(details).toMatchObject({ columns: ['text'] });
    expect(hint).toMatch(/can only be kept/);
    const columns = { text: { ...spec.columns['text'], personal: keep } };
    expect(await findUndecided(dataset, { ...spec, columns }, '2026-01-31')).toEqual([]);
  });
});
