import type { Finding } from '#core/data/audit/finding.ts';
import { findUndecided } from '#core/data/audit/personal/find-undecided.ts';
import { columnPath } from '#core/data/audit/wording.ts';
import type { Dataset } from '#core/data/table.ts';
import { inputError, UNDECIDED } from '#core/errors.ts';
import type { Spec } from '#core/spec/spec.ts';

/** Findings that the sentence repeats; the columns of all are named. */
const FINDINGS_SHOWN = 8;

/**
 * Refuses a run that would use personal data on which nobody has decided. The spec has been checked.
 * @throws TerrariumError `personal_undecided`, naming each column, what was found in it, and where to decide; of kind
 * `cancelled`
 */
export async function refuseUndecided(
  dataset: Dataset,
  spec: Spec,
  signal: AbortSignal,
): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const findings = await findUndecided(dataset, spec, today, signal);
  const columns = [...new Set(findings.flatMap((finding) => finding.columns))];
  const [first] = columns;
  if (first === undefined) return;
  throw inputError(
    UNDECIDED,
    `Personal data that nobody has decided on. ${found(findings, columns)}`,
    howToDecide(columns, first, spec),
    { path: decisionPath(first), columns },
  );
}

function found(findings: readonly Finding[], columns: readonly string[]): string {
  const shown = findings.slice(0, FINDINGS_SHOWN);
  const told = new Set(shown.flatMap((finding) => finding.columns));
  const others = columns.filter((name) => !told.has(name)).map((name) => `"${name}"`);
  const rest = others.length === 0 ? [] : [`The same goes for ${others.join(', ')}.`];
  return [...shown.map(({ message }) => message), ...rest].join(' ');
}

function howToDecide(columns: readonly string[], first: string, spec: Spec): string {
  const path = decisionPath(first);
  const field = path.slice(0, -'.decision'.length);
  if (columns.every((name) => name === spec.target || spec.task === 'language')) {
    return `What a model learns to give can only be kept: set ${field} to { decision: keep, reason: …, by: …, at: … }, take it out of the data, or learn something else.`;
  }
  const each = columns.length === 1 ? `Set ${path}` : `Set ${path} and those of the other columns`;
  return `${each} to drop, mask, hash (with a salt) or keep (with reason, by and at); on the command line, --set ${quoted(`${path}=drop`)} leaves it out.`;
}

function decisionPath(column: string): string {
  return columnPath(column, 'personal.decision') ?? `columns["${column}"].personal.decision`;
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w.=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
