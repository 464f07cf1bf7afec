import { expect, it } from 'vitest';
import { hintNear, nearestName } from '#core/nearest-name.ts';

it.each([
  ['sede', 'seed'],
  ['canditates', 'candidates'],
  ['Species', 'species'],
  ['speceis', 'species'],
  ['n_estimator', 'n_estimators'],
  ['tset', 'test'],
])('%s is near %s', (given, meant) => {
  const names = ['species', 'seed', 'candidates', 'n_estimators', 'test', 'train'];
  expect(nearestName(given, names)).toBe(meant);
});

it.each([
  ['colour', ['seed', 'split', 'name']],
  ['', ['a', 'b']],
  ['x', ['y', 'z']],
  ['ab', ['cd']],
  ['seed', ['seed']],
  ['toString', []],
])('%s is near none of %j', (given, names) => {
  expect(nearestName(given, names)).toBeNull();
  expect(hintNear(given, names, 'Remove it.')).toBe('Remove it.');
});

it('of two as near the first is taken, and a nearer one before both', () => {
  expect(nearestName('mass', ['mast', 'mask'])).toBe('mast');
  expect(nearestName('masss', ['masts', 'mass'])).toBe('masts');
  expect(nearestName('massess', ['mass', 'masses'])).toBe('masses');
});

it('a hint begins with it', () => {
  expect(hintNear('sede', ['seed'], 'Remove it.')).toBe('Did you mean "seed"? Remove it.');
});

it('names of any length are compared at once', () => {
  const long = 'how often did you '.repeat(5_000);
  expect(nearestName(`${long}!`, [long, 'seed'])).toBe(long);
});
