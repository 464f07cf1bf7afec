import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKPOINT_EVERY_MS, type CheckpointStore } from '#core/checkpoints/checkpoint-store.ts';
import type { Dataset, DatasetInfo } from '#core/data/table.ts';
import type { Engine } from '#core/engine.ts';
import { runError, toFailure } from '#core/errors.ts';
import { modelCard } from '#core/registry/model-card.ts';
import type { RunOutcome } from '#core/run-experiment.ts';
import { checkSpec } from '#core/spec/check-spec.ts';
import { checkShape, specToYaml, readSettingsOf } from '#core/spec/parse-spec.ts';
import { describeTask, proposeSpec, proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import { tasks, type Spec, type SpecSource } from '#core/spec/spec.ts';
import { hasTarget, unitOf, untargetedTasks } from '#core/spec/tasks.ts';
import { aloneIn } from './alone-in.ts';
import { parseSeconds, parseWords, parseWorkers, usageError } from './arguments.ts';
import { candidateTable } from './candidate-table.ts';
import {
  checkpointFolder,
  folderCheckpoints,
  prepareCheckpoints,
  removeCheckpoints,
} from './checkpoints.ts';
import { currentCommit } from './commit.ts';
import { namedExtractors, type NameExtractors } from './extractors.ts';
import { readExtractorFile } from './extractor-file.ts';
import { openDataset, prepareFolder, writeOutput, writeWhole } from './files.ts';
import { fromSpec, givenChanges, withChanges, type Change, type Prepared } from './given-spec.ts';
import { progressPrinter } from './progress.ts';
import { interruptedRun, keepSpec, sameEndedRun, tellHowToResume } from './resume.ts';
import { newRunId } from './run-id.ts';
import { givenSource, specFrom, specSeenFrom } from './sources.ts';

const options = {
  data: { type: 'string', multiple: true },
  target: { type: 'string' },
  out: { type: 'string' },
  extractor: { type: 'string', multiple: true },
  seed: { type: 'string' },
  backend: { type: 'string' },
  workers: { type: 'string' },
  set: { type: 'string', multiple: true },
  resume: { type: 'boolean' },
  'checkpoint-every': { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** `terrarium run`: gives the exit code. */
export async function run(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, options);
  const [specPath, ...stray] = positionals;
  if (stray.length > 0) throw usageError(`One spec at a time; "${stray.join(' ')}" is too much.`);
  if (values.out === undefined)
    throw usageError('run needs --out DIR, the folder for its results.');
  const changes = givenChanges(values);
  const workers = parseWorkers(values.workers);
  const everyMs = parseSeconds('checkpoint-every', values['checkpoint-every']);
  const data = givenSource(values.data);
  const { out, target } = values;
  const nameExtractors = await namedExtractors(values.extractor);
  const isResumed = values.resume === true;
  const asJson = values.json === true;
  const isGiven = specPath !== undefined || data !== undefined;
  const found = isResumed && !isGiven ? await interruptedRun(out) : { specPath };
  if ('ended' in found) return tellEnded(out, found.ended, asJson);
  const { spec, dataset } =
    found.specPath === undefined
      ? await fromDefaults(data, target, changes, asJson, nameExtractors)
      : await fromSpec(
          found.specPath,
          data,
          target === undefined ? changes : [...changes, { path: 'target', value: target }],
          nameExtractors,
        );
  const ended = isResumed ? await sameEndedRun(out, spec, dataset) : null;
  if (ended !== null) return tellEnded(out, ended, asJson);
  await prepareFolder(out);
  return aloneIn(out, () =>
    runInto(out, { spec, dataset }, { workers, everyMs, isResumed, asJson }),
  );
}

interface Manner {
  readonly workers: number | undefined;
  readonly everyMs: number | undefined;
  readonly isResumed: boolean;
  readonly asJson: boolean;
}

/** Runs a spec into a folder that is there. */
async function runInto(
  out: string,
  { spec, dataset }: Prepared,
  { workers, everyMs, isResumed, asJson }: Manner,
): Promise<number> {
  // What is refused leaves the checkpoints of an interrupted run as they are.
  checkSpec(spec, dataset.info);
  const engine = await openEngine(spec, workers);
  const folder = checkpointFolder(out);
  await prepareCheckpoints(folder, isResumed);
  await keepSpec(out, spec);
  if (!asJson) tellDoubts(dataset.info);
  const checkpoints = folderCheckpoints(folder, everyMs ?? CHECKPOINT_EVERY_MS);
  const takeBack = tellHowToResume(out);
  const run = execute(spec, dataset, engine, { quiet: asJson, checkpoints });
  const { record, models } = await run.catch((thrown: unknown) => cleared(folder, thrown));
  const written = await writeResults(out, record, models);
  await removeCheckpoints(folder);
  takeBack();
  return tellRecord(written, asJson);
}

/** What failed by its spec or its data fails again from its checkpoints too. */
async function cleared(folder: string, thrown: unknown): Promise<never> {
  if (toFailure(thrown).kind !== 'internal') await removeCheckpoints(folder);
  throw thrown;
}

function tellEnded(out: string, record: RunRecord, asJson: boolean): number {
  if (!asJson) console.error(`The run in ${out} has ended: there is nothing left to do.`);
  return tellRecord(record, asJson);
}

/** @throws TerrariumError `parity_failed` */
function tellRecord(record: RunRecord, asJson: boolean): number {
  console.log(asJson ? JSON.stringify(record) : candidateTable(record));
  if (record.status === 'finished') return 0;
  throw parityFailed(record);
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
 * What a spec runs on, here.
 * @param workers how many threads may train; as many as the machine has use for where absent
 * @throws TerrariumError where its backend does not run on the command line
 */
export async function openEngine({ backend }: Spec, workers?: number): Promise<Engine> {
  // Loaded once there is something to train: what is wrong with a call or a spec is said a second sooner.
  const { createNodeEngine } = await import('#engine/node-engine.ts');
  return createNodeEngine(backend, workers);
}

interface Execution {
  readonly quiet: boolean;
  /** Where it keeps them; nowhere where absent. */
  readonly checkpoints?: CheckpointStore;
  /** It repeats a recorded run as that one was. */
  readonly isReplay?: boolean;
}

/** Runs a spec on this machine, with progress on stderr unless it is to be quiet. */
export async function execute(
  spec: Spec,
  dataset: Dataset,
  engine: Engine,
  { quiet, checkpoints, isReplay = false }: Execution,
): Promise<RunOutcome> {
  const { runExperiment } = await import('#core/run-experiment.ts');
  return runExperiment({
    spec,
    dataset,
    engine,
    signal: new AbortController().signal,
    onEvent: quiet ? () => {} : progressPrinter(process.stderr, unitOf(spec.task)),
    id: newRunId(),
    commit: currentCommit(),
    extractorBytes: ({ file }) => readExtractorFile(file),
    isReplay,
    ...(checkpoints === undefined ? {} : { checkpoints }),
  });
}

/** Fields by which a column is an input or none. */
const decidesInputs = /^(columns|split|rows|forecast|query)\b/;

async function fromDefaults(
  data: SpecSource | undefined,
  target: string | undefined,
  changes: readonly Change[],
  asJson: boolean,
  nameExtractors: NameExtractors,
): Promise<Prepared> {
  if (data === undefined) throw needsTarget();
  const settled = changes.filter(({ path }) => path.startsWith('data.read'));
  const dataset = await openDataset(data, readSettingsOf(withChanges({ data: {} }, settled)));
  const named = changes.some(({ path }) => path === 'task');
  const given = tasks.find((task) => task === changes.find(({ path }) => path === 'task')?.value);
  const isText = !named && target === undefined && dataset.info.reading.text !== undefined;
  const wanted = isText ? 'language' : given;
  if (target === undefined && (wanted === undefined || hasTarget(wanted))) throw needsTarget();
  if (isText && !asJson) console.error('task: language, because the data is a plain text');
  if (!named && !asJson && target !== undefined) {
    const { task, reason } = describeTask(dataset.info, target);
    console.error(`task: ${task}, because ${reason}`);
  }
  const settle = (proposal: unknown): unknown =>
    withChanges(
      proposal,
      changes.filter(({ path }) => decidesInputs.test(path)),
    );
  const proposed =
    target === undefined && wanted !== undefined
      ? proposeWithoutTarget(dataset.info, wanted, 1, settle)
      : proposeSpec(dataset.info, target ?? '', 1, wanted, textAt(changes, 'query'), settle);
  const spec = checkShape(nameExtractors(withChanges(proposed, changes)));
  return { dataset, spec: specFrom({ ...spec, data: { ...spec.data, source: data } }) };
}

function needsTarget(): Error {
  return usageError(
    `run needs a spec, or --data FILE and --target COLUMN; without a target, --set task=${untargetedTasks.join(' or task=')}. A plain text (.txt, .md) needs neither.`,
  );
}

function textAt(changes: readonly Change[], wanted: string): string | undefined {
  const value = changes.find(({ path }) => path === wanted)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** Writes the run's files; gives the record as it is written, with its paths relative to the folder. */
async function writeResults(
  folder: string,
  record: RunRecord,
  models: RunOutcome['models'],
): Promise<RunRecord> {
  const spec = specSeenFrom(record.spec, folder);
  const portable = { ...record, spec };
  await writeOutput(join(folder, 'spec.yaml'), specToYaml(spec));
  await writeOutput(join(folder, 'model-card.md'), modelCard(portable));
  const best = record.best === null ? undefined : models.get(record.best);
  const path = join(folder, 'model.onnx');
  if (best === undefined) await rm(path, { force: true });
  else await writeOutput(path, best);
  // The last one: where it is there, all of them are.
  await writeWhole(join(folder, 'run.json'), `${JSON.stringify(portable, null, 2)}\n`);
  return portable;
}
