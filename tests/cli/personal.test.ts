import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { expectWrongCall, Workshop } from '../support/cli.ts';
import { mailsCsv, mailsSpec } from '../support/mails.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

it('a run without a decision is refused: what was found, and what to set', async () => {
  workshop.write('mails.csv', mailsCsv);
  workshop.write('mails.yaml', mailsSpec);
  const refused = await workshop.terrarium('run', 'mails.yaml', '--out', 'o');
  expectWrongCall(
    refused,
    'Column "mail" seems to hold e-mail addresses: 90 values of 90 values',
    '--set columns.mail.personal.decision=drop',
  );
  expect(() => workshop.record(join('o', 'run.json'))).toThrow(/ENOENT/);
}, 60_000);
