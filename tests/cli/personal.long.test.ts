import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Workshop } from '../support/cli.ts';
import { mailsCsv, mailsSpec } from '../support/mails.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

it('a run that decides goes through, and a record from before decisions were asked for is replayed', async () => {
  workshop.write('mails.csv', mailsCsv);
  workshop.write('mails.yaml', mailsSpec);
  const decided = { decision: 'keep', reason: 'A test.', by: 'A. Keeper', at: '2026-01-31' };
  const kept = await workshop.terrarium(
    ...['run', 'mails.yaml', '--out', 'kept'],
    ...Object.entries(decided).flatMap(([name, value]) => [
      '--set',
      `columns.mail.personal.${name}=${value}`,
    ]),
  );
  expect(kept.code, kept.stderr).toBe(0);
  const record = join('kept', 'run.json');
  expect(workshop.record(record).spec.columns).toEqual({ mail: { personal: decided } });
  const older = workshop.tamper(record, join('kept', 'older.json'), (run) => {
    run.spec.columns = {};
  });
  const replayed = await workshop.terrarium('replay', older, '--strict');
  expect(replayed.code, `${replayed.stdout}${replayed.stderr}`).toBe(0);
}, 120_000);
