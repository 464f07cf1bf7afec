import { isIsoDay } from '#core/data/iso-day.ts';
import type { Dataset, DatasetInfo } from '#core/data/table.ts';
import { inputError, TerrariumError } from '#core/errors.ts';
import { Breather } from '#core/breather.ts';
import { says } from '#core/spec/change-spec.ts';
import { describeTask, proposeSpec } from '#core/spec/propose-spec.ts';
import { checkShape } from '#core/spec/parse-spec.ts';
import { SPEC_VERSION, type Spec, type Task } from '#core/spec/spec.ts';
import { auditSplit } from './audit-split.ts';
import { auditContext } from './context.ts';
import { severities, type Finding } from './finding.ts';
import { detectors, textDetectors } from './registry.ts';

export interface AuditOptions {
  /** What is to be predicted; the spec's target when absent. Without either, checks of the target are left out. */
  readonly target?: string;
  /** Its decisions and its split; without one, those that would be proposed for the target. */
  readonly spec?: Spec;
  /** The day of the audit as an ISO date: later dates lie in the future. */
  readonly today: string;
  readonly signal?: AbortSignal;
  /** Hears how many of the detectors are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Everything in a table that a person should settle or know before a model is trained on it, the severe first.
 * Nothing is changed: a remedy is a change of the spec.
 * @throws TerrariumError `unknown_target`, `bad_today`, what makes the given spec's split impossible, or of kind
 * `cancelled`
 */
export async function audit(dataset: Dataset, options: AuditOptions): Promise<readonly Finding[]> {
  const { today, signal, onProgress } = options;
  if (!isIsoDay(today)) {
    const message = `"${today}" is no date: a day of the calendar is wanted.`;
    throw inputError('bad_today', message, 'Write it as 2026-01-31.');
  }
  const breather = new Breather(signal);
  await breather.breathe();
  const target = options.target ?? options.spec?.target ?? null;
  const spec = target === null ? (options.spec ?? null) : specFor(dataset, target, options.spec);
  const isText = isOneText(dataset.info, spec, target);
  const split =
    spec === null || isText ? null : auditSplit(spec, dataset, options.spec !== undefined);
  const task = target === null ? null : (spec?.task ?? null);
  const context = auditContext(dataset, { spec, target, task, split, today, breather });
  const looking = isText ? textDetectors : detectors;
  const findings: Finding[] = [];
  for (const [i, detector] of looking.entries()) {
    onProgress?.(i, looking.length);
    await breather.breathe();
    const found = await detector.detect(context);
    // What reads a text reads it as it stands: nothing in it can be left out, masked or hashed.
    findings.push(
      ...found.map((one) => (isText ? { ...one, remedies: [] } : asDecided(one, context.spec))),
    );
  }
  onProgress?.(looking.length, looking.length);
  return oncePerDecision(findings).sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
}

/** A column that waits for a decision on personal data is no second finding as an identifier: the decision comes first. */
function oncePerDecision(findings: readonly Finding[]): Finding[] {
  const waiting = new Set(
    findings
      .filter(({ code, severity }) => code.startsWith('personal_') && severity === 'severe')
      .flatMap(({ columns }) => columns),
  );
  return findings.filter(
    ({ code, columns: [name = ''] }) => code !== 'identifier_column' || !waiting.has(name),
  );
}

/** What the spec says a remedy of, and is found all the same since the data stays as it is, is worth knowing still. */
function asDecided(finding: Finding, spec: Spec | null): Finding {
  const said = finding.remedies.find(({ changes }) => spec !== null && says(spec, changes));
  if (said === undefined || finding.severity === 'severe') return finding;
  const message = finding.message.replace(/\.$/, `; decided: ${said.label}.`);
  return { ...finding, severity: 'note', message, remedies: [] };
}

/** Whether the rows are the lines of one text, and nothing that is learned row by row. */
function isOneText({ reading }: DatasetInfo, spec: Spec | null, target: string | null): boolean {
  if (spec !== null) return spec.task === 'language';
  return reading.text !== undefined && target === null;
}

/** The given spec with the given target, or a proposal. */
function specFor(dataset: Dataset, target: string, given: Spec | undefined): Spec {
  const { task } = describeTask(dataset.info, target);
  if (given !== undefined) return given.target === target ? given : { ...given, target };
  try {
    return proposeSpec(dataset.info, target);
  } catch (thrown) {
    if (!(thrown instanceof TerrariumError)) throw thrown;
    return withoutInputs(dataset.info, target, task);
  }
}

/** A table of a target, dates and names has nothing for a model to read, and rows to split all the same. */
function withoutInputs(info: DatasetInfo, target: string, task: Task): Spec {
  const isClasses = task === 'classification';
  return checkShape({
    version: SPEC_VERSION,
    name: target,
    data: { source: info.name },
    task,
    target,
    steps: [],
    candidates: [{ name: 'baseline', model: isClasses ? 'majority' : 'mean' }],
    metric: isClasses ? 'macro_f1' : 'rmse',
  });
}
