import { dirname } from 'node:path';
import { audit as auditTable } from '#core/data/audit/audit.ts';
import { severities, type Finding, type Severity } from '#core/data/audit/finding.ts';
import { parseSpec } from '#core/spec/parse-spec.ts';
import { parseWords, usageError } from './arguments.ts';
import { openDataset, readText } from './files.ts';
import { givenSource, resolved } from './sources.ts';

const options = {
  target: { type: 'string' },
  spec: { type: 'string' },
  today: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/**
 * `terrarium audit`: what should be settled before training in a file, or in several that are one data set;
 * 1 where a finding is severe, else 0.
 */
export async function audit(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, options);
  const spec = values.spec === undefined ? undefined : parseSpec(await readText(values.spec));
  const file =
    givenSource(positionals) ??
    (spec === undefined ? undefined : resolved(spec.data.source, dirname(values.spec ?? '')));
  if (file === undefined) throw usageError('audit needs a file: audit data.csv --target COLUMN.');
  const dataset = await openDataset(file, spec?.data.read);
  const findings = await auditTable(dataset, {
    ...(values.target === undefined ? {} : { target: values.target }),
    ...(spec === undefined ? {} : { spec }),
    today: values.today ?? new Date().toISOString().slice(0, 10),
  });
  const { sha256, rows } = dataset.info;
  console.log(
    values.json === true ? JSON.stringify({ file, sha256, rows, findings }) : report(findings),
  );
  return findings.some(({ severity }) => severity === 'severe') ? 1 : 0;
}

function report(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'The audit found nothing to settle.';
  const counts = severities
    .map((severity) => countOf(findings, severity))
    .filter((text) => text !== '');
  return [...findings.map(described), `${counts.join(', ')}.`].join('\n');
}

/** The severity and the message, then why it matters, rows to look at, and what a click in the app would change. */
function described({ severity, code, message, why, rows, remedies }: Finding): string {
  const lines = [`${severity.padEnd(8)} ${code}`, `  ${message}`, `  ${why}`];
  if (rows.length > 0) lines.push(`  rows: ${rows.join(', ')}`);
  for (const { label } of remedies) lines.push(`  remedy: ${label}`);
  return `${lines.join('\n')}\n`;
}

function countOf(findings: readonly Finding[], severity: Severity): string {
  const count = findings.filter((finding) => finding.severity === severity).length;
  if (count === 0) return '';
  return severity === 'severe'
    ? `${count} severe`
    : `${count} ${severity}${count === 1 ? '' : 's'}`;
}
