import { describe, expect, it } from 'vitest';
import { checkShape } from '#core/spec/parse-spec.ts';
import { refusalOf } from '../../support/refusal.ts';
import { column, goodSpec, infoOf, readSpec, specWith } from '../../support/spec.ts';

/** Refused, with the path in the details and in the sentence. */
async function expectRefusedAt(
  path: string | RegExp,
  document: unknown,
  info?: Parameters<typeof readSpec>[1],
) {
  const error = await refusalOf(() => readSpec(document, info));
  const given = error.details?.path;
  if (typeof path === 'string') expect(given, error.message).toBe(path);
  else expect(given, error.message).toMatch(path);
  expect(error.message).toContain(given);
  return error;
}

it('the good spec is good, as YAML and as JSON', () => {
  expect(readSpec(goodSpec())).toMatchObject({ target: 'species', seed: 7 });
  expect(readSpec(JSON.stringify(goodSpec()))).toEqual(readSpec(goodSpec()));
});

describe('an unknown key is refused at its path', () => {
  it.each([
    ['colour', 'red'],
    ['split.tset', 0.2],
    ['data.path', 'x.csv'],
    ['evaluation.folds', 5],
    ['steps[1].column', 'mass'],
    ['candidates[1].weight', 2],
    ['columns.mass.kind', 'numeric'],
    ['constructor', 1],
    ['toString', 'x'],
    ['__proto__', { seed: 3 }],
    ['split.__proto__', { test: 0.4 }],
    ['candidates[1].hasOwnProperty', true],
  ])('%s', async (path, value) => {
    // Through JSON, since no YAML printer writes every one of these keys.
    await expectRefusedAt(path, JSON.stringify(specWith(path, value)));
    expect(({} as Record<string, unknown>).seed).toBeUndefined();
  });
});

describe('the key that was probably meant is named', () => {
  it.each([
    ['sede', 'seed'],
    ['split.tset', 'test'],
    ['data.sourse', 'source'],
    ['data.read.delimeter', 'delimiter'],
    ['evaluation.resample', 'resamples'],
    ['steps[1].column', 'columns'],
    ['candidates[1].parametres', 'parameters'],
    ['columns.mass.tpye', 'type'],
    ['columns.mass.range.mni', 'min'],
    ['contract.treshold', 'threshold'],
  ])('%s', async (path, meant) => {
    const { hint } = await expectRefusedAt(path, JSON.stringify(specWith(path, 1)));
    expect(hint).toMatch(`Did you mean "${meant}"? `);
  });

  it('and what a model, a step, a parameter or a column is probably called', async () => {
    const hints = [
      ['candidates[1].model', 'logistic_regresion', 'logistic_regression'],
      ['steps[0].step', 'imputte', 'impute'],
      ['candidates[1].parameters.c', 1, 'C'],
      ['target', 'Species', 'species'],
    ] as const;
    for (const [path, value, meant] of hints) {
      const { hint } = await expectRefusedAt(path, specWith(path, value));
      expect(hint).toMatch(`Did you mean "${meant}"? `);
    }
  });
});

describe('a wrong type is refused at its path', () => {
  it.each<[string, unknown]>([
    ['name', 5],
    ['name', ''],
    ['name', null],
    ['data', 'birds.csv'],
    ['data.source', 7],
    ['data.sha256', 'abc'],
    ['task', 'ordering'],
    ['target', 5],
    ['target', ['species']],
    ['columns.island', 'ignore'],
    ['columns.island.type', 'words'],
    ['columns.island.missing', 'NA'],
    ['seed', 'seven'],
    ['seed', 0],
    ['seed', -3],
    ['seed', 1.5],
    ['seed', 2 ** 31],
    ['split', 0.2],
    ['split.test', '20%'],
    ['split.stratify', 'yes'],
    ['steps', { step: 'impute' }],
    ['steps[0]', 'impute'],
    ['steps[0].step', ''],
    ['steps[1].columns', 7],
    ['candidates', []],
    ['candidates', 'mlp'],
    ['candidates[1].name', 4],
    ['candidates[1].parameters', 'fast'],
    ['metric', 'auc'],
    ['metric', 1],
    ['backend', 'cuda'],
    ['evaluation.resamples', 10],
    ['evaluation.resamples', 1e9],
    ['evaluation', null],
  ])('%s: %j', async (path, value) => {
    await expectRefusedAt(path, specWith(path, value));
  });

  it('lists in place of maps, and a number among missing tokens', async () => {
    await expectRefusedAt(/^columns/, specWith('columns', ['id']));
    await expectRefusedAt(/^steps\[1\]\.parameters/, specWith('steps[1].parameters', [1]));
    await expectRefusedAt(
      'columns.island.missing[1]',
      specWith('columns.island.missing', ['x', 7]),
    );
  });

  it.each([
    'version',
    'name',
    'data',
    'data.source',
    'task',
    'target',
    'steps',
    'candidates',
    'metric',
  ])('%s left out', async (path) => {
    const error = await expectRefusedAt(path, specWith(path, undefined));
    expect(error.message).toMatch(/missing|required|must|needs/i);
  });

  it('steps[1].step left out', async () => {
    await expectRefusedAt('steps[1].step', specWith('steps[1].step', undefined));
  });
});

describe('a wrong version is refused', () => {
  it.each<[unknown]>([[2], [0], ['1'], [1.5], [null]])('%j', async (version) => {
    const error = await expectRefusedAt('version', specWith('version', version));
    expect(error.message).toMatch(/\b1\b/);
  });
});

describe('shares of the split', () => {
  it.each([
    ['split.test', -0.2],
    ['split.validation', -1e-9],
    ['split.train', 1.2],
    ['split.train', Number.NaN],
    ['split.test', Number.POSITIVE_INFINITY],
  ])('%s: %d is refused', async (path, value) => {
    await expectRefusedAt(path, specWith(path, value));
  });

  it.each([
    { train: 0.6, validation: 0.2, test: 0.3 },
    { train: 0.5, validation: 0.2, test: 0.2 },
    { train: 0, validation: 0.5, test: 0.5 },
    { test: 0.5 },
  ])('%j does not add up to 1 or leaves no training rows, and is refused', async (split) => {
    await expectRefusedAt(/^split/, { ...goodSpec(), split });
  });

  it.each([
    { train: 0.7, validation: 0.1, test: 0.2 },
    { train: 0.1, validation: 0.2, test: 0.7 },
    { train: 0.34, validation: 0.33, test: 0.33 },
    {},
  ])('%j adds up to 1', (split) => {
    expect(() => readSpec({ ...goodSpec(), split })).not.toThrow();
  });
});

describe('what the data does not have is refused', () => {
  it('a target that does not exist, with the names there are', async () => {
    const error = await expectRefusedAt('target', specWith('target', 'specie'));
    expect(error.message).toContain('specie');
    expect(`${error.message} ${error.hint ?? ''}`).toContain('species');
  });

  it('a target spelled in another case', async () => {
    await expectRefusedAt('target', specWith('target', 'Species'));
  });

  it('a column of an override', async () => {
    const error = await expectRefusedAt(/^columns/, specWith('columns.wings', { type: 'ignore' }));
    expect(error.message).toContain('wings');
  });

  it('a column of a step', async () => {
    const error = await expectRefusedAt(
      /^steps\[1\]\.columns/,
      specWith('steps[1].columns', ['flipper', 'wings']),
    );
    expect(error.message).toContain('wings');
  });

  it('the target as a column of a step', async () => {
    const error = await expectRefusedAt(
      /^steps\[2\]\.columns/,
      specWith('steps[2].columns', ['island', 'species']),
    );
    expect(error.message).toContain('species');
  });

  it('an ignored target', async () => {
    await expectRefusedAt(/^(columns|target)/, specWith('columns.species', { type: 'ignore' }));
  });

  it('a target without any value', async () => {
    const info = infoOf(
      column('species', { type: 'empty', distinct: 0, missingCount: 200 }),
      column('mass'),
    );
    await expectRefusedAt('target', { ...goodSpec(), columns: {}, steps: [] }, info);
  });
});

it('checkShape takes any value, and names the place as parseSpec does', async () => {
  for (const value of [null, undefined, 7, 'text', [], [goodSpec()], () => 1, Symbol('x')]) {
    await refusalOf(() => checkShape(value));
  }
  const error = await refusalOf(() => checkShape(specWith('split.test', -0.1)));
  expect(error.details?.path).toBe('split.test');
});
