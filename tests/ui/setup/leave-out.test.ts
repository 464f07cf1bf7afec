import { expect, it } from 'vitest';
import { decisionRemedies } from '#core/data/audit/personal/decision-remedies.ts';
import type { Finding } from '#core/data/audit/finding.ts';
import { leavesOut } from '#ui/pages/setup/leave-out.ts';

const finding = (name: string, remedies = decisionRemedies(name, 'salt of 16 signs')): Finding => ({
  ...{ code: 'personal_email', severity: 'severe', columns: [name], message: '', why: '' },
  ...{ count: 3, rows: [1, 2, 3], remedies },
});

it('is the remedy that drops the column, of whatever name', () => {
  for (const name of ['mail', 'a.b', 'o"mail']) {
    expect(leavesOut(finding(name), 'y')?.changes).toEqual([
      { path: expect.stringContaining(name) as string, value: { decision: 'drop' } },
    ]);
  }
});

it('is none of the target, of a text that is learned to be written, and of what no path can name', () => {
  expect(leavesOut(finding('mail'), 'mail')).toBeUndefined();
  expect(leavesOut(finding('text', []), undefined)).toBeUndefined();
  expect(leavesOut(finding('__proto__'), 'y')).toBeUndefined();
});
