import { describe, expect, test } from 'vitest';
import { changeSpec, says, undoOf, valueAt } from '#core/spec/change-spec.ts';
import { specToYaml } from '#core/spec/parse-spec.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { penguins } from '../../ui/setup/penguins.ts';

const spec = proposeSpec(await penguins(), 'species');

describe('a remedy is a change of the spec', () => {
  const drop = [{ path: 'columns.island.type', value: 'ignore' }];

  test('it says what it was changed to, and is what it was when that is undone', () => {
    const changed = changeSpec(spec, drop);
    expect(changed.columns).toEqual({ island: { type: 'ignore' } });
    expect(says(changed, drop)).toBe(true);
    expect(says(spec, drop)).toBe(false);
    expect(specToYaml(changeSpec(changed, undoOf(spec, drop)))).toBe(specToYaml(spec));
  });

  test('what else a column says stays when one of its fields is undone', () => {
    const missing = [{ path: 'columns.island.missing', value: ['-'] }];
    const both = changeSpec(changeSpec(spec, missing), drop);
    const undone = changeSpec(both, undoOf(changeSpec(spec, missing), drop));
    expect(undone.columns).toEqual({ island: { missing: ['-'] } });
  });

  test('of a list it is enough to hold every item: others may have been added', () => {
    const one = [{ path: 'columns.island.missing', value: ['-'] }];
    const two = [{ path: 'columns.island.missing', value: ['NA', '-'] }];
    expect(says(changeSpec(spec, two), one)).toBe(true);
    expect(says(changeSpec(spec, one), two)).toBe(false);
  });

  test('an item is put in front of a list and taken out again, whatever came beside it', () => {
    const cut = { step: 'clip', columns: ['body_mass_g'], parameters: { method: 'iqr' } };
    const power = { step: 'power', columns: ['body_mass_g'], parameters: {} };
    const [first, second] = [cut, power].map((value) => [
      { path: 'steps', value, item: 'add' as const },
    ]);
    const one = changeSpec(spec, first ?? []);
    const both = changeSpec(one, second ?? []);
    expect(both.steps).toEqual([power, cut, ...spec.steps]);
    expect([first, second].map((changes) => says(both, changes ?? []))).toEqual([true, true]);
    expect(says(one, second ?? [])).toBe(false);
    expect(changeSpec(both, first ?? []).steps).toHaveLength(both.steps.length);

    const undone = changeSpec(both, undoOf(spec, first ?? []));
    expect(undone.steps).toEqual([power, ...spec.steps]);
    expect(says(undone, undoOf(spec, first ?? []))).toBe(true);
    expect(specToYaml(changeSpec(undone, undoOf(one, second ?? [])))).toBe(specToYaml(spec));
  });

  test('an item of what is no list, or of a kind that the list cannot hold, is refused', () => {
    const step = { path: 'steps', value: { stride: 2 }, item: 'add' as const };
    expect(() => changeSpec(spec, [step])).toThrow();
    expect(() => changeSpec(spec, [{ ...step, path: 'seed' }])).toThrow();
  });

  test('a column with dots in its name is set by a path with brackets', () => {
    const changed = changeSpec(spec, [{ path: 'columns[a.b].fold', value: true }]);
    expect(changed.columns).toEqual({ 'a.b': { fold: true } });
    expect(valueAt(changed, 'columns[a.b].fold')).toBe(true);
    expect(valueAt(changed, 'columns[a.b].constructor')).toBeUndefined();
  });

  test('a value that the field cannot have is refused', () => {
    expect(() => changeSpec(spec, [{ path: 'columns.island.type', value: 'colour' }])).toThrow();
    expect(() => changeSpec(spec, [{ path: '..', value: 1 }])).toThrow('is not a path');
  });
});
