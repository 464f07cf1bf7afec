import * as v from 'valibot';
import { inputError } from '#core/errors.ts';
import { CONTRACT_VERSION } from '#core/spec/contract.ts';
import { refuseNewer } from '#core/spec/refuse-newer.ts';
import { RECORD_VERSION, runRecordSchema, type RunRecord } from '#core/spec/run-record.ts';
import { SPEC_VERSION } from '#core/spec/spec.ts';
import { isRecord } from '#core/spec/spec-path.ts';

/**
 * A run.json's record.
 * @throws TerrariumError `not_a_run`, naming the field that is not what belongs there; `newer_version`
 */
export function parseRecord(path: string, text: string): RunRecord {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw inputError('not_a_run', `${path} is not JSON.`, 'Give the run.json that a run wrote.');
  }
  refuseNewer(path, data, RECORD_VERSION);
  if (isRecord(data)) {
    refuseNewer(`The spec in ${path}`, data['spec'], SPEC_VERSION);
    refuseNewer(`The contract in ${path}`, data['contract'], CONTRACT_VERSION);
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
