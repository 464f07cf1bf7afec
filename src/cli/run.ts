import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Dataset, DatasetInfo } from '#core/data/table.ts';
import { runError } from '#core/errors.ts';
import { modelCard } from '#core/registry/model-card.ts';
import type { RunOutcome } from '#core/run-experiment.ts';
import { checkShape, parseSpecText, specToYaml, readSettingsOf } from '#core/spec/parse-spec.ts';
import { describeTask, proposeSpec, proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import { tasks, type Spec, type SpecSource } from '#core/spec/spec.ts';
import { setAt } from '#core/spec/spec-path.ts';
import { hasTarget, untargetedTasks } from '#core/spec/tasks.ts';
import { parseDocument } from 'yaml';
import { parseBackend, parseSeed, parseWords, parseWorkers, usageError } from './arguments.ts';
import { candidateTable } from './candidate-table.ts';
import { currentCommit } from './commit.ts';
import { openDataset, prepareFolder, readText, writeOutput } from './files.ts';
import { progressPrinter } from './progress.ts';
import { newRunId } from './run-id.ts';
import { givenSource, resolved, seenFrom } from './sources.ts';

const options = {
  data: { type: 'string', multiple: true },
  target: { type: 'string' },
  out: { type: 'string' },
  seed: { type: 'string' },
  backend: { type: 'string' },
  workers: { type: 'string' },
  set: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

/** `terrarium run`: gives the exit code. */
export async function run(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, options);
  const [specPath, ...stray] = positionals;
  if (stray.length > 0) throw usageError(`One spec at a time; "${stray.join(' ')}" is too much.`);
  if (values.out === undefined)
    throw usageError('run needs --out DIR, the folder for its results.');
  const changes = [
    ...(values.set ?? []).map(parseChange),
    ...(parseSeed(values.seed) === undefined
      ? []
      : [{ path: 'seed', value: parseSeed(values.seed) }]),
    ...(parseBackend(values.backend) === undefined
      ? []
      : [{ path: 'backend', value: values.backend }]),
  ];
  const workers = parseWorkers(values.workers);
  const data = givenSource(values.data);
  const { spec, dataset } =
    specPath === undefined
      ? await fromDefaults(data, values.target, changes, values.json === true)
      : await fromSpec(specPath, data, values.target, changes);
  await prepareFolder(values.out);
  if (values.json !== true) tellDoubts(dataset.info);
  const { record, models } = await execute(spec, dataset, values.json === true, workers);
  const written = await writeResults(values.out, record, models);
  console.log(values.json === true ? JSON.stringify(written) : candidateTable(record));
  if (record.status === 'finished') return 0;
  throw parityFailed(record);
}

interface Change {
  readonly path: string;
  readonly value: unknown;
}

interface Prepared {
  /** `data.source` has absolute paths here. */
  readonly spec: Spec;
  readonly dataset: Dataset;
}

/** What a person should know about the file, on stderr. */
function tellDoubts({ doubts }: DatasetInfo): void {
  for (const { message } of doubts) console.error(`data: ${message}`);
}

function parityFailed({ candidates }: RunRecord): Error {
  const names = candidates.filter(({ parity }) => !parity.passed).map(({ name }) => name);
  return runError(
    'parity_failed',
    `The exported model does not agree with the trained one: ${names.join(', ')}.`,
    'Its figures are in run.json all the same. Look for values whose size leaves few digits, and scale them.',
    { candidates: names },
  );
}

/**
 * Runs a spec on this machine, with progress on stderr unless it is to be quiet.
 * @param workers how many threads may train; as many as the machine has use for where absent
 */
export async function execute(
  spec: Spec,
  dataset: Dataset,
  quiet: boolean,
  workers?: number,
): Promise<RunOutcome> {
  // Loaded once there is something to train: what is wrong with a call or a spec is said a second sooner.
  const { createNodeEngine } = await import('#engine/node-engine.ts');
  const { runExperiment } = await import('#core/run-experiment.ts');
  const engine = await createNodeEngine(spec.backend, workers);
  return runExperiment({
    spec,
    dataset,
    engine,
    signal: new AbortController().signal,
    onEvent: quiet ? () => {} : progressPrinter(process.stderr),
    id: newRunId(),
    commit: currentCommit(),
  });
}

async function fromDefaults(
  data: SpecSource | undefined,
  target: string | undefined,
  changes: readonly Change[],
  asJson: boolean,
): Promise<Prepared> {
  const wanted = tasks.find((task) => task === changes.find(({ path }) => path === 'task')?.value);
  const withoutTarget = wanted !== undefined && !hasTarget(wanted);
  if (data === undefined || (target === undefined && !withoutTarget)) {
    throw usageError(
      `run needs a spec, or --data FILE and --target COLUMN; without a target, --set task=${untargetedTasks.join(' or task=')}.`,
    );
  }
  const settled = changes.filter(({ path }) => path.startsWith('data.read'));
  const dataset = await openDataset(data, readSettingsOf(withChanges({ data: {} }, settled)));
  const named = changes.some(({ path }) => path === 'task');
  if (!named && !asJson && target !== undefined) {
    const { task, reason } = describeTask(dataset.info, target);
    console.error(`task: ${task}, because ${reason}`);
  }
  const proposed =
    target === undefined && wanted !== undefined
      ? proposeWithoutTarget(dataset.info, wanted)
      : proposeSpec(dataset.info, target ?? '', 1, wanted, textAt(changes, 'query'));
  const spec = checkShape(withChanges(proposed, changes));
  return { dataset, spec: { ...spec, data: { ...spec.data, source: resolved(data) } } };
}

function textAt(changes: readonly Change[], wanted: string): string | undefined {
  const value = changes.find(({ path }) => path === wanted)?.value;
  return typeof value === 'string' ? value : undefined;
}

async function fromSpec(
  specPath: string,
  data: SpecSource | undefined,
  target: string | undefined,
  changes: readonly Change[],
): Promise<Prepared> {
  const text = await readText(specPath);
  const all = target === undefined ? changes : [...changes, { path: 'target', value: target }];
  const spec = checkShape(withChanges(parseSpecText(text), all));
  const source =
    data === undefined ? resolved(spec.data.source, dirname(specPath)) : resolved(data);
  const dataset = await openDataset(source, spec.data.read);
  return { dataset, spec: { ...spec, data: { ...spec.data, source } } };
}

function withChanges(spec: unknown, changes: readonly Change[]): unknown {
  return changes.reduce<unknown>((changed, { path, value }) => setAt(changed, path, value), spec);
}

/** `split.test=0.3`: the value is read as YAML, as it would stand in the spec. */
function parseChange(text: string): Change {
  const at = text.indexOf('=');
  if (at < 1) throw usageError(`--set needs PATH=VALUE, and got "${text}".`);
  const document = parseDocument(text.slice(at + 1));
  if (document.errors.length > 0) throw usageError(`--set ${text}: the value is not valid YAML.`);
  return { path: text.slice(0, at), value: document.toJS({ maxAliasCount: 10 }) as unknown };
}

/** Writes the run's files; gives the record as it is written, with `data.source` relative to the folder. */
async function writeResults(
  folder: string,
  record: RunRecord,
  models: RunOutcome['models'],
): Promise<RunRecord> {
  const source = seenFrom(record.spec.data.source, folder);
  const spec = { ...record.spec, data: { ...record.spec.data, source } };
  const portable = { ...record, spec };
  await writeOutput(join(folder, 'run.json'), `${JSON.stringify(portable, null, 2)}\n`);
  await writeOutput(join(folder, 'spec.yaml'), specToYaml(spec));
  await writeOutput(join(folder, 'model-card.md'), modelCard(portable));
  const best = record.best === null ? undefined : models.get(record.best);
  const path = join(folder, 'model.onnx');
  if (best === undefined) await rm(path, { force: true });
  else await writeOutput(path, best);
  return portable;
}
