import { expect, test } from 'vitest';
import type { Finding, FindingCode, Severity } from '#core/data/audit/finding.ts';
import {
  countFindings,
  filterFindings,
  groupFindings,
  listFindings,
} from '#ui/pages/data/audit/finding-list.ts';

function finding(
  severity: Severity,
  code: FindingCode,
  column: string,
  label?: string,
  value: unknown = 'ignore',
): Finding {
  const remedies =
    label === undefined ? [] : [{ label, changes: [{ path: `columns.${column}.type`, value }] }];
  const words = { message: `${code} in ${column}`, why: 'It matters.' };
  return { code, severity, columns: [column], ...words, count: 1, rows: [1], remedies };
}

const email = finding('severe', 'personal_email', 'mail', 'Leave "mail" out of the model');
const first = finding('warning', 'missing_code', 'weight', 'Read -999 as missing');
const second = finding('warning', 'missing_code', 'weight', 'Read 9999 as missing');
const skew = finding('note', 'skew', 'Income');

function settle(one: Finding) {
  return { finding: one, remedy: { label: one.remedies[0]?.label ?? '', changes: [] }, undo: [] };
}

test('a settled finding keeps its place when a later audit finds it no more, or as a note', () => {
  const decided = finding('note', 'personal_email', 'mail');
  for (const later of [
    [first, skew],
    [first, skew, decided],
  ]) {
    const listed = listFindings(later, [settle(email)]);
    expect(listed.map((one) => one.finding)).toEqual([email, first, skew]);
    expect(listed.map((one) => one.settled !== null)).toEqual([true, false, false]);
  }
});

test('of two missing codes in one column, one may be settled and the other open', () => {
  const listed = listFindings([first, second], [settle(first)]);
  expect(listed.map((one) => one.settled !== null)).toEqual([true, false]);
  expect(countFindings(listed)).toEqual({
    bySeverity: { severe: 0, warning: 2, note: 0 },
    settled: 1,
  });
});

test('findings that say the same of the same column have keys of their own', () => {
  const listed = listFindings([skew, skew], []);
  expect(new Set(listed.map(({ key }) => key)).size).toBe(2);
});

test('a filter shows one severity, or what is about a column', () => {
  const listed = listFindings([email, first, skew], []);
  const shown = (severity: Severity | 'all', column: string) =>
    filterFindings(listed, severity, column).map((one) => one.finding.code);
  expect(shown('all', '')).toHaveLength(3);
  expect(shown('warning', '')).toEqual(['missing_code']);
  expect(shown('all', ' inco')).toEqual(['skew']);
  expect(shown('severe', 'inco')).toEqual([]);
});

test('findings of one kind stand together, the severe first', () => {
  const listed = listFindings([skew, first, email, second], []);
  const groups = groupFindings(listed).map(({ code, items }) => [code, items.length]);
  expect(groups).toEqual([
    ['personal_email', 1],
    ['missing_code', 2],
    ['skew', 1],
  ]);
});
