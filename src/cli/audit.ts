import { dirname } from 'node:path';
import { audit as auditTable } from '#core/data/audit/audit.ts';
import { severities, type Finding, type Severity } from '#core/data/audit/finding.ts';
import type { Dataset } from '#core/data/table.ts';
import { checkShape, parseSpecText } from '#core/spec/parse-spec.ts';
import type { Spec, SpecSource } from '#core/spec/spec.ts';
import { parseWords, usageError } from './arguments.ts';
import { fromDefaults } from './default-spec.ts';
import { openDataset, readText } from './files.ts';
import { givenChanges, givenReading, withChanges, type Change } from './given-spec.ts';
import { givenSource, resolved } from './sources.ts';

const options = {
  target: { type: 'string' },
  spec: { type: 'string' },
  set: { type: 'string', multiple: true },
  today: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/**
 * `terrarium audit`: what should be settled before training in a file, or in several that are one data set;
 * 1 where a finding is severe, else 0.
 */
export async function audit(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, options);
  const changes = givenChanges(values);
  const { file, spec, dataset } =
    values.spec === undefined
      ? await proposed(givenSource(positionals), values.target, changes)
      : await written(values.spec, givenSource(positionals), changes);
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

interface Audited {
  readonly file: SpecSource;
  readonly spec?: Spec;
  readonly dataset: Dataset;
}

/** A spec as it is written, but for what the call sets, and its data. */
async function written(
  path: string,
  given: SpecSource | undefined,
  changes: readonly Change[],
): Promise<Audited> {
  const spec = checkShape(withChanges(parseSpecText(await readText(path)), changes));
  const file = given ?? resolved(spec.data.source, dirname(path));
  return { file, spec, dataset: await openDataset(file, spec.data.read) };
}

/** A file, with the spec that would be proposed where the call sets something of it. */
async function proposed(
  file: SpecSource | undefined,
  target: string | undefined,
  changes: readonly Change[],
): Promise<Audited> {
  if (file === undefined) throw usageError('audit needs a file: audit data.csv --target COLUMN.');
  const ofSpec = changes.find(({ path }) => !path.startsWith('data.read'));
  if (ofSpec === undefined) {
    return { file, dataset: await openDataset(file, givenReading(changes)) };
  }
  if (target === undefined && !changes.some(({ path }) => path === 'task')) {
    throw usageError(`--set ${ofSpec.path} needs a --target, for which a spec can be proposed.`);
  }
  return { file, ...(await fromDefaults(file, target, changes, true, (spec) => spec)) };
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
