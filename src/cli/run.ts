import { resolve } from 'node:path';
import { CHECKPOINT_EVERY_MS } from '#core/checkpoints/checkpoint-store.ts';
import type { DatasetInfo } from '#core/data/table.ts';
import { runError, toFailure } from '#core/errors.ts';
import { checkSpec } from '#core/spec/check-spec.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import { aloneIn } from './alone-in.ts';
import { parseSeconds, parseWords, parseWorkers, usageError } from './arguments.ts';
import { begunBackend, keepBackend } from './begun-backend.ts';
import { candidateTable } from './candidate-table.ts';
import {
  checkpointFolder,
  clearLeft,
  folderCheckpoints,
  prepareCheckpoints,
  removeCheckpoints,
} from './checkpoints.ts';
import { fromDefaults } from './default-spec.ts';
import { execute, openEngine } from './execute.ts';
import { namedExtractors } from './extractors.ts';
import { prepareFolder } from './files.ts';
import { fromSpec, givenChanges, type Prepared } from './given-spec.ts';
import { interruptedRun, keepSpec, sameEndedRun, tellHowToResume } from './resume.ts';
import { givenSource } from './sources.ts';
import { writeResults, writtenSpecPath } from './write-results.ts';

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
  if (values.out === undefined || values.out === '')
    throw usageError('run needs --out DIR, the folder for its results.');
  const changes = givenChanges(values);
  const keepsSpec = specPath !== undefined && isSame(specPath, writtenSpecPath(values.out));
  if (keepsSpec && (changes.length > 0 || values.target !== undefined)) {
    throw usageError(
      `The changed spec would be written over ${specPath}; choose another folder with --out.`,
    );
  }
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
    runInto(out, { spec, dataset }, { workers, everyMs, isResumed, asJson, keepsSpec }),
  );
}

interface Manner {
  readonly workers: number | undefined;
  readonly everyMs: number | undefined;
  readonly isResumed: boolean;
  readonly asJson: boolean;
  /** The spec that was given lies where the run's own would go. */
  readonly keepsSpec: boolean;
}

function isSame(a: string, b: string): boolean {
  return resolve(a) === resolve(b);
}

/** Runs a spec into a folder that is there. */
async function runInto(
  out: string,
  { spec, dataset }: Prepared,
  { workers, everyMs, isResumed, asJson, keepsSpec }: Manner,
): Promise<number> {
  // What is refused leaves the checkpoints of an interrupted run as they are.
  checkSpec(spec, dataset.info);
  const folder = checkpointFolder(out);
  const begun = isResumed ? await begunBackend(folder, spec) : null;
  const engine = await openEngine(spec, workers, begun);
  await prepareCheckpoints(folder, isResumed);
  await keepSpec(out, spec);
  await keepBackend(folder, spec, engine.backend);
  if (!asJson) tellDoubts(dataset.info);
  const checkpoints = folderCheckpoints(folder, everyMs ?? CHECKPOINT_EVERY_MS);
  const takeBack = tellHowToResume(out);
  const run = execute(spec, dataset, engine, { quiet: asJson, checkpoints });
  const { record, models } = await run.catch((thrown: unknown) => cleared(folder, thrown));
  const written = await writeResults(out, record, models, keepsSpec);
  await removeCheckpoints(folder);
  takeBack();
  return tellRecord(written, asJson);
}

/** What failed by its spec or its data fails again from its checkpoints too. */
async function cleared(folder: string, thrown: unknown): Promise<never> {
  if (toFailure(thrown).kind !== 'internal') await removeCheckpoints(folder);
  throw thrown;
}

async function tellEnded(out: string, record: RunRecord, asJson: boolean): Promise<number> {
  // Whoever is at work there now clears up, and a folder that nobody may write to stays as it is.
  await aloneIn(out, () => clearLeft(checkpointFolder(out))).catch(() => undefined);
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
  for (const { message, inSpec } of doubts) {
    console.error(`data: ${message}${inSpec === undefined ? '' : ` In a spec: ${inSpec}.`}`);
  }
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
