import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '#core/data/audit/finding.ts';
import { birdsCsv, errorObject, expectWrongCall, Workshop } from '../support/cli.ts';

const workshop = new Workshop();
const mail = birdsCsv
  .trimEnd()
  .split('\n')
  .map((line, i) => (i === 0 ? `${line},mail` : `${line},bird${i}@example.org`))
  .join('\n');

beforeAll(() => {
  workshop.write('birds.csv', birdsCsv);
  workshop.write('mail.csv', mail);
});
afterAll(() => workshop.remove());

describe('terrarium audit', () => {
  it('lists what it finds, and succeeds where nothing is severe', async () => {
    const { code, stdout, stderr } = await workshop.terrarium(
      'audit',
      'birds.csv',
      '--target',
      'island',
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain(
      'note     missing_values\n  Column "mass" has no value in 4 rows (4.4%).',
    );
    expect(stdout).toMatch(/\d+ notes\.\n$/);
  });

  it('fails where something is severe, and says it as JSON', async () => {
    const { code, stdout } = await workshop.terrarium(
      'audit',
      'mail.csv',
      '--target',
      'island',
      '--json',
    );
    expect(code).toBe(1);
    const { file, sha256, rows, findings } = JSON.parse(stdout) as {
      file: string;
      sha256: string;
      rows: number;
      findings: Finding[];
    };
    expect({ file, rows }).toEqual({ file: 'mail.csv', rows: 90 });
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(findings[0]).toMatchObject({ code: 'personal_email', severity: 'severe', count: 90 });
  });

  it('looks at the spec that it is given, and finds its data', async () => {
    workshop.write(
      'spec.yaml',
      [
        'version: 1',
        'name: mail',
        'data: { source: mail.csv }',
        'task: classification',
        'target: island',
        'columns: { mail: { personal: { decision: drop } } }',
        'steps: [{ step: impute, columns: numeric }]',
        'candidates: [{ name: baseline, model: majority }]',
        'metric: macro_f1',
      ].join('\n'),
    );
    const { code, stdout } = await workshop.terrarium('audit', '--spec', 'spec.yaml');
    expect(stdout).toContain('decided: drop');
    expect(code).toBe(0);
  });

  it('looks at a file as it is said to be read, and at what is decided in the call', async () => {
    const decide = ['--set', 'columns.mail.personal.decision=drop'];
    const decided = await workshop.terrarium('audit', 'mail.csv', '--target', 'island', ...decide);
    expect(decided.stdout).toContain('decided: drop');
    expect(decided.code).toBe(0);
    const bySpec = ['audit', '--spec', 'spec.yaml', '--set', 'columns={}'];
    expect((await workshop.terrarium(...bySpec)).code).toBe(1);

    workshop.write('bare.csv', mail.split('\n').slice(1).join('\n').replaceAll(',', ';'));
    const read = ['--set', 'data.read.delimiter=;', '--set', 'data.read.header=false', '--json'];
    const { stdout } = await workshop.terrarium('audit', 'bare.csv', ...read);
    const { rows, findings } = JSON.parse(stdout) as { rows: number; findings: Finding[] };
    expect(rows).toBe(90);
    expect(findings[0]).toMatchObject({ code: 'personal_email', columns: ['column_6'] });
  });

  it.each([
    ['a decision without a target', ['audit', 'birds.csv', '--set', 'seed=3'], 'needs a --target'],
    [
      'a setting that there is not',
      ['audit', 'birds.csv', '--set', 'data.read.x=1'],
      'data.read.x',
    ],
    ['no file', ['audit'], 'audit needs a file'],
    ['a target that is not there', ['audit', 'birds.csv', '--target', 'beak'], '"beak"'],
    ['a day that is none', ['audit', 'birds.csv', '--today', 'soon'], 'no date'],
    ['a day that no calendar has', ['audit', 'birds.csv', '--today', '2024-02-30'], 'no date'],
  ])('refuses %s', async (_, words, said) => {
    expectWrongCall(await workshop.terrarium(...words), said);
  });

  it('says what is wrong as JSON too', async () => {
    const failed = await workshop.terrarium('audit', 'birds.csv', '--target', 'beak', '--json');
    expect(errorObject(failed).code).toBe('unknown_target');
  });
});
