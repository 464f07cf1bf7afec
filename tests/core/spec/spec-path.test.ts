import { expect, it } from 'vitest';
import { parsePath, setAt } from '#core/spec/spec-path.ts';

it.each([
  ['seed', ['seed']],
  ['split.test', ['split', 'test']],
  ['candidates[1].parameters.C', ['candidates', 1, 'parameters', 'C']],
  ['columns[a.b c].type', ['columns', 'a.b c', 'type']],
])('reads the path %s', (path, keys) => {
  expect(parsePath(path)).toEqual(keys);
});

it.each(['', '.', 'split..test', 'split]test', 'split[test', '.seed', 'seed.', 'columns[].type'])(
  'refuses "%s", which is not a path',
  (path) => {
    expect(() => setAt({}, path, 1)).toThrow(/is not a path into the spec/);
  },
);
