import * as v from 'valibot';
import { inputError } from '#core/errors.ts';
import { runRecordSchema, type RunRecord } from '#core/spec/run-record.ts';

/** A run.json's record. @throws TerrariumError `not_a_run`, naming the field that is not what belongs there */
export function parseRecord(path: string, text: string): RunRecord {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw inputError('not_a_run', `${path} is not JSON.`, 'Give the run.json that a run wrote.');
  }
  const parsed = v.safeParse(runRecordSchema, data);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const verdict = issue.received === 'undefined' ? 'is missing' : 'is not what belongs there';
  throw inputError(
    'not_a_run',
    `${path} is not a run record: ${v.getDotPath(issue) ?? 'the document'} ${verdict}.`,
    'Give the run.json that a run wrote.',
  );
}
