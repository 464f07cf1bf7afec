import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { checkSpec } from '#core/spec/check-spec.ts';
import { parseSpec, specToYaml } from '#core/spec/parse-spec.ts';
import { describeTask, proposeSpec } from '#core/spec/propose-spec.ts';
import { fuzz } from '../../support/fuzz.ts';
import { refusalOf } from '../../support/refusal.ts';
import { birds, category, column, goodSpec, infoOf, readSpec } from '../../support/spec.ts';

describe('a document that is no spec is refused', () => {
  it.each([
    ['nothing', ''],
    ['blanks', ' \n\n  '],
    ['a comment', '# only a comment\n'],
    ['null', 'null'],
    ['a text', 'hello there'],
    ['a number', '42'],
    ['a list', '- version: 1\n- name: x\n'],
    ['a list of nothing', '[]'],
    ['two documents', `${stringify(goodSpec())}---\n${stringify(goodSpec())}`],
    ['a CSV file', 'species,island\nAdelie,Dream\n'],
    ['bytes of a zip', 'PK\u0003\u0004\u0000\u0000'],
  ])('%s', async (_, text) => {
    await refusalOf(() => readSpec(text));
  });

  it.each([
    ['an unclosed bracket', 'version: 1\nname: [birds\ntask: classification\n', /line [234]/i],
    ['a tab for indentation', 'version: 1\ndata:\n\tsource: x.csv\n', /line 3/i],
    ['a stray colon', 'version: 1\nname: a: b\n', /line 2/i],
    ['an unclosed quote', 'version: 1\nname: "birds\n', /line [23]/i],
    ['one key twice', `${stringify(goodSpec())}seed: 8\n`, /line \d+/i],
    ['an alias of nothing', 'version: 1\nname: *birds\n', /birds|line 2/i],
  ])('a YAML error is refused with its line: %s', async (_, text, place) => {
    const error = await refusalOf(() => parseSpec(text));
    expect(error.message).toMatch(place);
  });

  it('a billion laughs are refused at once', async () => {
    const levels = Array.from({ length: 12 }, (_, i) =>
      i === 0
        ? 'l0: &l0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]'
        : `l${i}: &l${i} [${Array<string>(10)
            .fill(`*l${i - 1}`)
            .join(', ')}]`,
    );
    const before = performance.now();
    await refusalOf(() => parseSpec(`${stringify(goodSpec())}${levels.join('\n')}\n`));
    expect(performance.now() - before).toBeLessThan(2000);
  });

  it('an anchor that holds itself is refused', async () => {
    await refusalOf(() => parseSpec(`${stringify(goodSpec())}extra: &a [*a]\n`));
    await refusalOf(() => parseSpec('&a\nversion: 1\nname: *a\n'));
  });

  it('ten thousand nested lists are refused, not a full stack', async () => {
    const depth = 10_000;
    await refusalOf(() => parseSpec(`name: ${'['.repeat(depth)}${']'.repeat(depth)}\n`));
  });

  it('keys of prototypes change nothing', async () => {
    const text = `${JSON.stringify(goodSpec()).slice(0, -1)}, "__proto__": {"metric": "r2", "polluted": 1}}`;
    await refusalOf(() => parseSpec(text));
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('words that YAML might twist stay words', () => {
  it.each([
    'no',
    'yes',
    'on',
    'null',
    '~',
    '1e3',
    '007',
    '2024-01-31',
    '1:30',
    '0x1F',
    ' spaced ',
    'a: b',
    '# x',
  ])('a target named %j', (name) => {
    const spec = proposeSpec(infoOf(category(name, ['a', 'b']), column('mass')), name);
    expect(parseSpec(specToYaml(spec)).target).toBe(name);
  });

  it('a target written plainly as no', () => {
    const spec = parseSpec(stringify(goodSpec()).replace('target: species', 'target: no'));
    expect(spec.target).toBe('no');
  });
});

describe('what is proposed', () => {
  it('fits the data and can be written and read', () => {
    for (const target of ['species', 'island', 'mass']) {
      const spec = proposeSpec(birds, target, { seed: 7 });
      expect(() => checkSpec(spec, birds)).not.toThrow();
      expect(parseSpec(specToYaml(spec))).toEqual(spec);
      expect(spec).toMatchObject({
        target,
        seed: 7,
        split: { train: 0.6, validation: 0.2, test: 0.2 },
      });
    }
  });

  it('is a classification for few whole numbers and a regression for many, and says why', () => {
    const grades = column('y', { integer: true, distinct: 4, min: 1, max: 4 });
    const incomes = column('y', { integer: true, distinct: 180, min: 900, max: 99_000 });
    const lengths = column('y', { integer: false, distinct: 5 });
    expect(describeTask(infoOf(grades, column('x')), 'y').task).toBe('classification');
    expect(describeTask(infoOf(incomes, column('x')), 'y').task).toBe('regression');
    expect(describeTask(infoOf(lengths, column('x')), 'y').task).toBe('regression');
    for (const y of [grades, incomes, lengths]) {
      expect(describeTask(infoOf(y, column('x')), 'y').reason).toMatch(/\S+ \S+ \S+/);
    }
  });

  it('leaves identifiers and empty columns out of the model', () => {
    const nothing = column('nothing', {
      type: 'empty',
      dtype: 'string',
      distinct: 0,
      missingCount: 200,
    });
    const info = infoOf(...birds.columns, nothing);
    const spec = proposeSpec(info, 'species');
    const named = spec.steps.flatMap((step) =>
      typeof step.columns === 'string' ? [] : step.columns,
    );
    expect(named).not.toContain('id');
    expect(named).not.toContain('nothing');
    expect(() => checkSpec(spec, info)).not.toThrow();
  });

  it('for a target that does not exist is a refusal', async () => {
    for (const target of ['wings', '', '__proto__', 'constructor']) {
      const error = await refusalOf(() => proposeSpec(birds, target));
      expect(error.message).toContain(target);
    }
  });

  it('is read back as it was written, whatever the columns are called', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
      fc.constantFrom(
        '__proto__',
        'no',
        '- x',
        'a\nb',
        '"',
        "'",
        '&a',
        '*a',
        '!t',
        '{',
        '%',
        '\u2028',
        'a\tb',
        '1.0',
      ),
    );
    const columns = fc.uniqueArray(name, {
      minLength: 2,
      maxLength: 6,
      selector: (text) => text.trim(),
    });
    const kinds = fc.array(fc.constantFrom('numeric', 'categorical', 'identifier', 'empty'), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        columns,
        kinds,
        fc.boolean(),
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        (names, types, classify, seed) => {
          const described = names.slice(1).map((each, i) => {
            const type = types[i] ?? 'numeric';
            return type === 'categorical' ? category(each, ['x', 'y']) : column(each, { type });
          });
          const [target = ''] = names;
          const info = infoOf(
            classify ? category(target, ['x', 'y']) : column(target),
            ...described,
            column('steady input'),
          );
          const spec = proposeSpec(info, target, { seed });
          expect(() => checkSpec(spec, info)).not.toThrow();
          expect(parseSpec(specToYaml(spec))).toEqual(spec);
        },
      ),
      fuzz(300),
    );
  });
});
