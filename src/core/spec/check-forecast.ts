import type { ColumnSchema, DatasetInfo } from '#core/data/table.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import type { Forecast } from './forecast.ts';
import { inputKind } from './input-columns.ts';
import { columnsHint, refuse } from './refuse.ts';
import type { Spec } from './spec.ts';

/** Checks a forecast apart from any data, and that what is for forecasts alone has one. */
export function checkForecast(spec: Spec): void {
  const { forecast, task, split } = spec;
  checkModels(spec);
  if (forecast === undefined) {
    if (spec.metric !== 'mase') return;
    throw refuse('metric', 'is mase, which is for forecasts', 'Choose mae, or add a forecast.');
  }
  if (task !== 'regression') {
    throw refuse('forecast', `predicts numbers, and the task is ${task}`, 'Remove it.');
  }
  if (split.method !== 'time' || split.by !== forecast.time) {
    const found = split.by === undefined ? split.method : `${split.method} by ${split.by}`;
    throw refuse(
      'split',
      `is ${found}, and a forecast is measured on rows later than all it learned from`,
      `Set split.method to time and split.by to ${forecast.time}.`,
    );
  }
  checkRoles(spec, forecast);
}

/** Each column has one part in a forecast. */
function checkRoles({ target }: Spec, { time, series, inputs }: Forecast): void {
  const taken = new Map([[target, 'the target']]);
  const take = (path: string, name: string | undefined, role: string): void => {
    if (name === undefined) return;
    const other = taken.get(name);
    if (other !== undefined) {
      throw refuse(path, `is "${name}", which is ${other}`, 'Choose another column.');
    }
    taken.set(name, role);
  };
  take('forecast.time', time, 'the column of times');
  take('forecast.series', series, 'the column of series');
  for (const [i, name] of inputs.entries()) take(`forecast.inputs[${i}]`, name, 'named already');
}

function checkModels({ candidates, forecast }: Spec): void {
  for (const [i, { model, steps }] of candidates.entries()) {
    const { repeats, readsSequences, title } = estimatorNamed(model);
    if (forecast !== undefined && readsSequences === true) refuseSteps(i, steps, title);
    if (repeats === undefined) continue;
    const path = `candidates[${i}]`;
    if (forecast === undefined) {
      throw refuse(
        `${path}.model`,
        `is ${model}, which is for forecasts`,
        'Remove it, or add a forecast with a column of times.',
      );
    }
    if (repeats(forecast) === null) {
      throw refuse(
        'forecast.season',
        `is missing, and the candidate ${title} repeats the value a season earlier`,
        'Say after how many rows it begins again, for example 7 for days with a week’s rhythm.',
      );
    }
    refuseSteps(i, steps, title);
  }
}

/** Of a model that takes the last values as they are. */
function refuseSteps(candidate: number, steps: unknown, title: string): void {
  if (steps === undefined) return;
  throw refuse(`candidates[${candidate}].steps`, `are not read by ${title}`, 'Remove them.');
}

/** Holds a forecast against the data. @throws TerrariumError naming the path in the spec */
export function checkForecastColumns({ forecast, columns }: Spec, info: DatasetInfo): void {
  if (forecast === undefined) return;
  const schemaOf = (path: string, name: string): ColumnSchema => {
    const found = info.columns.find((column) => column.name === name);
    if (found !== undefined && found.type !== 'empty') return found;
    const why = found === undefined ? 'the data has no such column' : 'which has no value';
    const filled = info.columns.filter(({ type }) => type !== 'empty').map((one) => one.name);
    throw refuse(path, `is "${name}", and ${why}`, columnsHint(name, filled));
  };
  const time = schemaOf('forecast.time', forecast.time);
  const given = columns[time.name]?.type ?? time.type;
  if (time.dtype === 'string' && !['datetime', 'numeric', 'integer'].includes(given)) {
    throw refuse(
      'forecast.time',
      `is "${time.name}", which holds neither dates nor numbers (${time.evidence})`,
      'Choose another column.',
    );
  }
  if (forecast.series !== undefined) schemaOf('forecast.series', forecast.series);
  for (const [i, name] of forecast.inputs.entries()) {
    const path = `forecast.inputs[${i}]`;
    const schema = schemaOf(path, name);
    const type = columns[name]?.type ?? schema.type;
    if (inputKind(type) !== 'numeric') {
      throw refuse(path, `is "${name}", which is ${type}`, 'Only numbers can be looked back at.');
    }
  }
}
