import { checkShape } from '#core/spec/parse-spec.ts';
import { withForecast } from '#core/spec/propose-forecast.ts';
import { describeTask, proposeSpec, proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import { tasks, type SpecSource } from '#core/spec/spec.ts';
import { hasTarget, untargetedTasks } from '#core/spec/tasks.ts';
import { usageError } from './arguments.ts';
import type { NameExtractors } from './extractors.ts';
import { openDataset } from './files.ts';
import { givenReading, withChanges, type Change, type Prepared } from './given-spec.ts';
import { specFrom } from './sources.ts';

/** Fields by which a column is an input or none. */
const decidesInputs = /^(columns|split|rows|forecast|query)\b/;

/** Data, and the spec that the page would propose for it, changed by the call; of a plain text a language model's. */
export async function fromDefaults(
  data: SpecSource | undefined,
  target: string | undefined,
  changes: readonly Change[],
  asJson: boolean,
  nameExtractors: NameExtractors,
): Promise<Prepared> {
  if (data === undefined) throw needsTarget();
  const dataset = await openDataset(data, givenReading(changes));
  const named = changes.some(({ path }) => path === 'task');
  const isForecast = changes.some(({ path }) => /^forecast\b/.test(path));
  const given = named
    ? tasks.find((task) => task === changes.find(({ path }) => path === 'task')?.value)
    : isForecast && target !== undefined
      ? 'regression'
      : undefined;
  const isText = !named && target === undefined && dataset.info.reading.text !== undefined;
  const wanted = isText ? 'language' : given;
  if (target === undefined && (wanted === undefined || hasTarget(wanted))) throw needsTarget();
  if (isText && !asJson) console.error('task: language, because the data is a plain text');
  if (!named && !asJson && target !== undefined) {
    const { task, reason } = isForecast
      ? { task: given, reason: 'a forecast is asked for' }
      : describeTask(dataset.info, target);
    console.error(`task: ${task}, because ${reason}`);
  }
  const settle = (proposal: unknown): unknown =>
    withChanges(proposal, [
      ...inTime(changes),
      ...changes.filter(({ path }) => decidesInputs.test(path)),
    ]);
  const usual =
    target === undefined && wanted !== undefined
      ? proposeWithoutTarget(dataset.info, wanted, { settle })
      : proposeSpec(dataset.info, target ?? '', {
          task: wanted,
          query: textAt(changes, 'query'),
          settle,
        });
  const proposed =
    usual.forecast === undefined ? usual : withForecast(usual, dataset.info, usual.forecast);
  const spec = checkShape(nameExtractors(withChanges(proposed, changes)));
  return { dataset, spec: specFrom({ ...spec, data: { ...spec.data, source: data } }) };
}

function needsTarget(): Error {
  return usageError(
    `run needs a spec, or --data FILE and --target COLUMN; without a target, --set task=${untargetedTasks.join(' or task=')}. A plain text (.txt, .md) needs neither.`,
  );
}

/** A forecast is split by its times, unless something else is given. */
function inTime(changes: readonly Change[]): Change[] {
  const whole = changes.find(({ path }) => path === 'forecast')?.value;
  const by = textAt(changes, 'forecast.time') ?? textAt(fieldsOf(whole), 'time');
  if (by === undefined) return [];
  return [
    { path: 'split.method', value: 'time' },
    { path: 'split.by', value: by },
  ];
}

function fieldsOf(value: unknown): Change[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([path, field]) => ({ path, value: field as unknown }));
}

function textAt(changes: readonly Change[], wanted: string): string | undefined {
  const value = changes.find(({ path }) => path === wanted)?.value;
  return typeof value === 'string' ? value : undefined;
}
