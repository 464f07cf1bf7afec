import { dirname } from 'node:path';
import type { Dataset } from '#core/data/table.ts';
import { inputError, TerrariumError } from '#core/errors.ts';
import type { ReadSettings } from '#core/data/read/settings.ts';
import { compareRuns, type Comparison } from '#core/run/compare-runs.ts';
import { stoppingAt } from '#core/networks/budget.ts';
import { checkShape } from '#core/spec/parse-spec.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import type { Spec, SpecSource } from '#core/spec/spec.ts';
import { parseBackend, parseWords, parseWorkers, usageError } from './arguments.ts';
import type { BegunBackend } from './begun-backend.ts';
import { execute, openEngine } from './execute.ts';
import { namedExtractors } from './extractors.ts';
import { openDataset, readText } from './files.ts';
import { parseRecord } from './read-record.ts';
import { givenSource, resolved, specFrom } from './sources.ts';

const options = {
  data: { type: 'string', multiple: true },
  backend: { type: 'string' },
  workers: { type: 'string' },
  extractor: { type: 'string', multiple: true },
  strict: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** `terrarium replay`: runs a recorded run again and compares; 0 when it agrees, 1 when it differs. */
export async function replay(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, options);
  const [path, ...stray] = positionals;
  if (path === undefined || stray.length > 0) throw usageError('replay needs one run.json.');
  const recorded = parseRecord(path, await readText(path));
  const given = givenSource(values.data);
  const source =
    given === undefined ? resolved(recorded.spec.data.source, dirname(path)) : resolved(given);
  const workers = parseWorkers(values.workers);
  const dataset = await openRecorded(source, recorded.spec.data.read, given === undefined);
  if (dataset.info.sha256 !== recorded.dataset.sha256) {
    return tell(values.json, {
      same: false,
      how: 'data',
      differences: [
        `the data has the hash ${dataset.info.sha256}, and the run had ${recorded.dataset.sha256}`,
      ],
    });
  }
  const chosen = parseBackend(values.backend);
  const usual = backendOf(recorded);
  const nameExtractors = await namedExtractors(values.extractor);
  const found = checkShape(nameExtractors(specFrom(stoppedAlike(recorded), dirname(path))));
  const backend = chosen ?? usual.name;
  const spec = { ...found, backend, data: { ...recorded.spec.data, source } };
  const engine = await openEngine(spec, workers, chosen === undefined ? usual : null);
  const { record } = await execute(spec, dataset, engine, {
    quiet: values.json === true,
    isReplay: true,
  });
  return tell(values.json, compareRuns(recorded, record, values.strict === true));
}

/** The backend of a record, or what takes its place here, and why. */
function backendOf({ environment: { backend } }: RunRecord): BegunBackend {
  return backend === 'webgpu'
    ? { name: 'wasm', reason: 'the recorded webgpu runs in a browser only' }
    : { name: backend, reason: 'as recorded' };
}

/** The run's spec, in which what time had stopped stops after the same step, and time stops nothing else. */
function stoppedAlike({ spec, candidates }: RunRecord): Spec {
  const stepOf = (name: string): number | undefined =>
    candidates.find((candidate) => candidate.name === name)?.stoppedAtStep;
  return {
    ...spec,
    candidates: spec.candidates.map((candidate) => ({
      ...candidate,
      parameters: stoppingAt(candidate.parameters, stepOf(candidate.name)),
    })),
  };
}

/** The data of a run; where it is not at its recorded place, the call can say where it is. */
async function openRecorded(
  source: SpecSource,
  read: ReadSettings | undefined,
  recordedPlace: boolean,
): Promise<Dataset> {
  try {
    return await openDataset(source, read);
  } catch (thrown) {
    const isAway = thrown instanceof TerrariumError && thrown.code === 'file_unreadable';
    if (!isAway || !recordedPlace) throw thrown;
    throw inputError('file_unreadable', thrown.message, 'Say where the data is with --data FILE.', {
      path: source,
    });
  }
}

function tell(asJson: boolean | undefined, comparison: Comparison): number {
  if (asJson === true) console.log(JSON.stringify(comparison));
  else if (comparison.same) console.log(`The replay agrees: ${comparison.how}.`);
  else {
    console.log(`The replay differs (${comparison.how}):`);
    for (const difference of comparison.differences) console.log(`  ${difference}`);
  }
  return comparison.same ? 0 : 1;
}
