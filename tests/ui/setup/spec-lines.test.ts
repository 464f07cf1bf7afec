import { expect, test } from 'vitest';
import type { FailureData } from '#core/errors.ts';
import { lineOfFailure } from '#ui/pages/setup/spec-lines.ts';

const yaml = `version: 1
columns:
  bill.length (mm):
    type: numeric
split:
  train: 0.6
  test: -0.2
candidates:
  - name: a
    model: majority
  - name: b
    model: mlp
    parameters:
      epochs: 0
`;

function at(path: string): number | null {
  return lineOfFailure(yaml, failure({ path }));
}

function failure(details: FailureData['details']): FailureData {
  return { code: 'x', kind: 'input', message: 'x', ...(details && { details }) };
}

test('a path leads to the line where its key stands', () => {
  expect(at('split.test')).toBe(7);
  expect(at('candidates[1].parameters.epochs')).toBe(14);
  expect(at('candidates[1]')).toBe(11);
});

test('a column’s name may hold dots', () => {
  expect(at('columns.bill.length (mm).type')).toBe(4);
});

test('what is missing is shown at the place above it', () => {
  expect(at('candidates[0].parameters.epochs')).toBe(9);
  expect(at('split.validation')).toBe(5);
  expect(at('seed')).toBe(1);
});

test('a syntax error knows its own line; other failures have none', () => {
  expect(lineOfFailure(yaml, failure({ line: 12 }))).toBe(12);
  expect(lineOfFailure(yaml, failure(undefined))).toBeNull();
});

test('a text that cannot be parsed still has lines', () => {
  expect(lineOfFailure('a: 1\nb: [', failure({ path: 'b' }))).toBe(2);
});
