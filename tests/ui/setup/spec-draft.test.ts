import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SpecDraft } from '#app/spec-draft.svelte.ts';
import { inputError } from '#core/errors.ts';
import { parseSpec, specToYaml } from '#core/spec/parse-spec.ts';
import { withForecast, withoutForecast } from '#core/spec/propose-forecast.ts';
import { withQuery } from '#core/spec/propose-ranking.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { moved, newCandidate, newStep, withColumn, without } from '#ui/spec/spec-edits.ts';
import { tableOf } from '../../support/experiment.ts';
import { readText } from '../../support/csv.ts';
import { penguins } from './penguins.ts';

const info = await penguins();
const begin = () => new SpecDraft(proposeSpec(info, 'species'), info);

test('what was proposed can run', () => {
  expect(begin().problem).toBeNull();
});

test('a change in the form is in the YAML', () => {
  const draft = begin();
  draft.change({ ...draft.spec, seed: 7 });
  expect(draft.text).toContain('seed: 7');
});

test('a change in the YAML is in the spec that the form shows', () => {
  const draft = begin();
  draft.write(draft.text.replace('metric: macro_f1', 'metric: accuracy'));
  expect(draft.spec.metric).toBe('accuracy');
  expect(draft.problem).toBeNull();
});

test('a text as it was typed stays, comments and all', () => {
  const draft = begin();
  const text = `# my experiment\n${draft.text}`;
  draft.write(text);
  expect(draft.text).toBe(text);
  expect(draft.problem).toBeNull();
});

test('a text that is no spec is kept, says why, and leaves the spec as it was', () => {
  const draft = begin();
  const before = draft.spec;
  draft.write('version: 1\nname: [broken');
  expect(draft.text).toBe('version: 1\nname: [broken');
  expect(draft.unreadable).toBe(true);
  expect(draft.problem?.code).toBe('yaml_syntax');
  expect(draft.spec).toEqual(before);
  draft.restore();
  expect(draft.text).toBe(specToYaml(before));
  expect(draft.problem).toBeNull();
});

test('a wrong value is shown at its field, from the form and from the YAML alike', () => {
  const typed = begin();
  typed.write(typed.text.replace('test: 0.2', 'test: 0.4'));
  const formed = begin();
  formed.change({ ...formed.spec, split: { ...formed.spec.split, test: 0.4 } });
  expect(typed.spec).toEqual(formed.spec);
  expect(typed.unreadable).toBe(false);
  expect(typed.errorAt('split')).toMatch(/1\.2/);
  expect(formed.errorAt('split')).toBe(typed.errorAt('split'));
});

test('an empty number field, a stray target and a parameter out of range name their places', () => {
  const at = (change: (spec: Spec) => Spec) => {
    const draft = begin();
    draft.change(change(draft.spec));
    return draft.problem?.details?.['path'];
  };
  expect(at((spec) => ({ ...spec, seed: NaN }))).toBe('seed');
  expect(at((spec) => ({ ...spec, target: 'beak' }))).toBe('target');
  expect(
    at((spec) => ({
      ...spec,
      candidates: spec.candidates.map((one) => ({
        ...one,
        parameters: { ...one.parameters, ...(one.model === 'mlp' ? { epochs: 0 } : {}) },
      })),
    })),
  ).toBe('candidates[2].parameters.epochs');
  expect(at((spec) => ({ ...spec, candidates: moved(spec.candidates, 0, 1) }))).toBe(
    'candidates[0].model',
  );
});

test('whatever is done in the form, the YAML says the same', () => {
  const edits = fc.constantFrom<(spec: Spec, n: number) => Spec>(
    (spec, n) => ({ ...spec, seed: 1 + n }),
    (spec, n) => ({ ...spec, name: `run: #${n} "quoted"` }),
    (spec, n) => ({ ...spec, split: { ...spec.split, train: n / 1000 } }),
    (spec, n) => ({ ...spec, candidates: moved(spec.candidates, n % 4, (n >> 2) % 4) }),
    (spec) => ({ ...spec, candidates: [...spec.candidates, newCandidate('mlp', spec.candidates)] }),
    (spec, n) => ({ ...spec, steps: without(spec.steps, n % 4) }),
    (spec) => ({ ...spec, steps: [...spec.steps, newStep('scale')] }),
    (spec, n) => withColumn(spec, 'island', n % 2 === 0 ? { type: 'ignore' } : {}),
    (spec, n) => withColumn(spec, 'sex', { missing: ['?', '-', `${n}`] }),
  );
  const series = fc.array(fc.tuple(edits, fc.nat(999)), { maxLength: 12 });
  fc.assert(
    fc.property(series, (changes) => {
      const draft = begin();
      for (const [edit, n] of changes) draft.change(edit(draft.spec, n));
      const other = new SpecDraft(proposeSpec(info, 'island'), info);
      other.write(draft.text);
      expect(other.spec).toEqual(draft.spec);
      expect(other.problem).toEqual(draft.problem);
      if (draft.problem === null) expect(parseSpec(draft.text)).toEqual(draft.spec);
    }),
    { numRuns: 60 },
  );
});

test('what the rows refuse stands until the spec changes, and an old answer changes nothing', () => {
  const draft = begin();
  const asked = draft.spec;
  const refusal = inputError('too_few_groups', 'split.by: too few groups.', 'Choose another.', {
    path: 'split.by',
  }).toData();
  draft.refuseByData(asked, refusal);
  expect(draft.problem).toBe(refusal);
  expect(draft.fault).toBeNull();
  expect(draft.errorAt('split.by')).toBe('split.by: too few groups. Choose another.');
  draft.change({ ...asked, seed: 9 });
  expect(draft.problem).toBeNull();
  draft.refuseByData(asked, refusal);
  expect(draft.problem).toBeNull();
});

describe('steps follow the inputs', async () => {
  const day = (row: number): string => `2024-01-${String(row + 1).padStart(2, '0')}`;
  const { info: shops } = await readText(
    tableOf(28, {
      day: (row) => day(row % 14),
      counted: (row) => day((row % 14) + 5),
      shop: (row) => (row < 14 ? 'north' : 'south'),
      visitors: (row) => `${row % 7}.5`,
    }),
  );
  const forecast = { time: 'day', horizon: 1, lags: [0], inputs: [] };
  const inTime = () =>
    new SpecDraft(withForecast(proposeSpec(shops, 'visitors'), shops, forecast), shops);
  const kinds = ({ spec }: SpecDraft) => spec.steps.map(({ step, columns }) => [step, columns]);

  test('a forecast of series can run, and has the steps that were proposed with them', () => {
    const draft = inTime();
    draft.change({ ...draft.spec, forecast: { ...forecast, series: 'shop' } });
    expect(draft.problem).toBeNull();
    const whole = withForecast(draft.spec, shops, { ...forecast, series: 'shop' });
    expect(draft.spec.steps).toEqual(whole.steps);
    draft.change({ ...draft.spec, forecast });
    expect(draft.spec).toEqual(inTime().spec);
  });

  test('a step that somebody changed stays, and what the new input needs is added', () => {
    const draft = inTime();
    const steps = without(draft.spec.steps, 1);
    draft.change({ ...draft.spec, steps });
    draft.change({ ...draft.spec, forecast: { ...forecast, series: 'shop' } });
    expect(draft.problem).toBeNull();
    expect(draft.spec.steps.slice(0, steps.length)).toEqual(steps);
    expect(kinds(draft).slice(steps.length)).toEqual([
      ['impute', 'categorical'],
      ['one_hot', 'categorical'],
    ]);
  });

  test('another column of times leaves the steps that somebody changed, and brings none back', () => {
    const draft = inTime();
    draft.change({ ...draft.spec, steps: without(draft.spec.steps, 1) });
    const { steps } = draft.spec;
    draft.change(withForecast(draft.spec, shops, { ...forecast, time: 'counted' }));
    expect(draft.problem).toBeNull();
    expect(draft.spec.split.by).toBe('counted');
    expect(draft.spec.steps).toEqual(steps);

    draft.change(withoutForecast(draft.spec, shops));
    expect(draft.problem).toBeNull();
    expect(draft.spec.steps.slice(0, steps.length)).toEqual(steps);
    expect(kinds(draft).slice(steps.length)).toEqual([
      ['impute', 'categorical'],
      ['one_hot', 'categorical'],
    ]);
  });

  test('a forecast that comes and goes leaves the steps as they were proposed', () => {
    const before = new SpecDraft(proposeSpec(shops, 'visitors'), shops);
    const draft = new SpecDraft(before.spec, shops);
    draft.change(withForecast(draft.spec, shops, forecast));
    expect(kinds(draft)).not.toContainEqual(['one_hot', 'categorical']);
    draft.change(withoutForecast(draft.spec, shops));
    expect(draft.spec.steps).toEqual(before.spec.steps);
  });

  test('other queries of a ranking leave the steps that somebody changed', () => {
    const ranked = proposeSpec(info, 'body_mass_g', { task: 'ranking', query: 'island' });
    const draft = new SpecDraft(ranked, info);
    draft.change(withQuery(draft.spec, info, 'sex'));
    expect(draft.spec.steps).toEqual(
      proposeSpec(info, 'body_mass_g', { task: 'ranking', query: 'sex' }).steps,
    );
    const steps = without(draft.spec.steps, 1);
    draft.change({ ...draft.spec, steps });
    draft.change(withQuery(draft.spec, info, 'species'));
    expect(draft.spec.query).toBe('species');
    expect(draft.spec.steps).toEqual(steps);
    expect(draft.problem).toBeNull();
  });

  test('another type, or a mask, of a column brings its steps', () => {
    const numbers = new SpecDraft(proposeSpec(shops, 'visitors'), shops);
    numbers.change(withColumn(numbers.spec, 'shop', { type: 'text' }));
    expect(numbers.problem).toBeNull();
    expect(kinds(numbers)).toContainEqual(['tfidf', 'text']);
    expect(kinds(numbers)).not.toContainEqual(['one_hot', 'categorical']);
    numbers.change(withColumn(numbers.spec, 'day', { personal: { decision: 'mask' } }));
    expect(numbers.problem).toBeNull();
    expect(kinds(numbers)).toContainEqual(['one_hot', 'categorical']);
  });

  test('a step that is taken out is not put back', () => {
    const draft = begin();
    const steps = draft.spec.steps.filter(({ columns }) => columns !== 'categorical');
    draft.change({ ...draft.spec, steps });
    expect(draft.spec.steps).toEqual(steps);
    draft.change({ ...draft.spec, seed: 7 });
    expect(draft.spec.steps).toEqual(steps);
  });
});
