import type { RateFinding } from '#core/find-rate.ts';
import { networkLoss } from '#core/networks/network-loss.ts';
import { RANGE_STEPS, rateRules } from '#core/networks/rate-finder.ts';
import type { Task } from '#core/spec/spec.ts';
import { unitOf } from '#core/spec/tasks.ts';
import { parseWords, usageError } from './arguments.ts';
import { openEngine } from './execute.ts';
import { namedExtractors } from './extractors.ts';
import { extractorBytes } from './extractor-file.ts';
import { fromSpec, givenChanges } from './given-spec.ts';
import { givenSource } from './sources.ts';

const options = {
  data: { type: 'string', multiple: true },
  extractor: { type: 'string', multiple: true },
  candidate: { type: 'string' },
  seed: { type: 'string' },
  backend: { type: 'string' },
  set: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

/** Characters of the longest bar. */
const BAR = 40;

/** `terrarium find-rate`: the loss of a network's first steps at growing learning rates, and which rates it suggests. */
export async function findRate(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, options);
  const [specPath, ...stray] = positionals;
  if (specPath === undefined) {
    throw usageError('find-rate needs a spec: find-rate SPEC.yaml --data FILE.');
  }
  if (stray.length > 0) throw usageError(`One spec at a time; "${stray.join(' ')}" is too much.`);
  const changes = givenChanges(values);
  const source = givenSource(values.data);
  const nameExtractors = await namedExtractors(values.extractor);
  const { spec, dataset } = await fromSpec(specPath, source, changes, nameExtractors);
  const asJson = values.json === true;
  const { findRate: find } = await import('#core/find-rate.ts');
  const overwrite = (text: string): void => {
    if (process.stderr.isTTY && !asJson) process.stderr.write(`\r\x1b[K${text}`);
  };
  const finding = await find({
    spec,
    dataset,
    engine: await openEngine(spec),
    signal: new AbortController().signal,
    candidate: values.candidate,
    extractorBytes,
    onProgress: ({ step, done, total }) => overwrite(`${step}: ${done} of ${total}`),
  }).finally(() => overwrite(''));
  console.log(asJson ? JSON.stringify(finding) : report(finding, spec.task));
  return 0;
}

function report(finding: RateFinding, task: Task): string {
  const { candidate, rows, batchRows, points, ended, backend, suggestions } = finding;
  const highest = Math.max(...points.map(({ smoothed }) => smoothed));
  const lines = points.map(({ rate, smoothed }) => {
    const bar = '#'.repeat(Math.round((BAR * smoothed) / highest));
    return `${rate.toExponential(2).padEnd(10)} ${smoothed.toPrecision(5).padStart(11)}  ${bar}`.trimEnd();
  });
  const how = ended === 'steps' ? 'all steps taken' : 'then the loss rose too far';
  return [
    `${candidate}: ${points.length} of ${RANGE_STEPS} steps, ${how}; ${rows} training ${unitOf(task)}s, ${batchRows} a step; backend ${backend.name}`,
    `loss: ${networkLoss(task)}, smoothed`,
    '',
    `${'rate'.padEnd(10)} ${'loss'.padStart(11)}`,
    ...lines,
    '',
    ...(suggestions.length === 0
      ? ['The loss fell at no rate, so that none is suggested.']
      : suggestions.map(
          ({ rule, rate }) => `${rateRules[rule].title}: ${rate} (${rateRules[rule].help})`,
        )),
  ].join('\n');
}
