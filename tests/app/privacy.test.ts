import { describe, expect, it } from 'vitest';
import { describePolicy } from '#app/privacy.ts';
import { contentSecurityPolicy } from '#cli/headers.mjs';

describe('what the privacy panel says', () => {
  it('explains every rule of the policy that Terrarium is served with', () => {
    const report = describePolicy(contentSecurityPolicy());
    expect(report.sealed).toBe(true);
    expect(report.rules.map((rule) => rule.directive)).toContain('connect-src');
    for (const rule of report.rules) expect(rule.meaning, rule.directive).not.toBe('');
  });

  it('does not claim that a page without a policy is sealed', () => {
    expect(describePolicy(null)).toEqual({ header: null, rules: [], sealed: false });
  });

  it.each([
    ["default-src 'self'; connect-src *; form-action 'none'"],
    ["default-src 'self'; img-src 'self' https:; form-action 'none'"],
    ["default-src 'self'; connect-src 'self' https://example.com; form-action 'none'"],
    ["script-src 'self'; connect-src 'self'; form-action 'none'"],
    ["default-src 'self'; form-action https://example.com"],
    ["default-src 'self'; frame-src *; form-action 'none'"],
    ["default-src 'self'"],
  ])('does not call %s sealed, nor explain it as if it were', (policy) => {
    const report = describePolicy(policy);
    expect(report.sealed).toBe(false);
    expect(report.rules.every((rule) => rule.meaning === '')).toBe(true);
  });

  it('goes by the first of two directives of one name, as browsers do', () => {
    expect(describePolicy("default-src 'self'; default-src *; form-action 'none'").sealed).toBe(
      true,
    );
    expect(describePolicy("default-src *; default-src 'self'; form-action 'none'").sealed).toBe(
      false,
    );
  });
});
