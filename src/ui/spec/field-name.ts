import type { FailureData } from '#core/errors.ts';
import { metricNamed } from '#core/evaluation/registry.ts';
import { splitMethodNamed } from '#core/data/split/registry.ts';
import { balanceMethods } from '#core/features/balance/registry.ts';
import { steps as everyStep } from '#core/features/registry.ts';
import { estimators } from '#core/models/registry.ts';
import type { ParameterSpec } from '#core/spec/parameters.ts';
import type { Spec, SpecCandidate, SpecStep } from '#core/spec/spec.ts';
import { answerName, unitOf } from '#core/spec/tasks.ts';

/** What the forms of setup and contract call a path of the spec, where the name is always the same. */
export const fixedNames: Readonly<Record<string, string>> = {
  name: 'Name of the run',
  target: 'Target',
  task: 'Task',
  query: 'Query',
  forecast: 'Forecast',
  'forecast.time': 'Column of times',
  'forecast.series': 'Series',
  'forecast.horizon': 'Horizon',
  'forecast.lags': 'Lags',
  'forecast.rolling.windows': 'Rolling windows',
  'forecast.rolling.statistics': 'Statistics of the windows',
  'forecast.season': 'Season',
  'forecast.window': 'Window',
  'forecast.inputs': 'Further columns to look back at',
  columns: 'Columns',
  split: 'Split',
  'split.train': 'Training',
  'split.validation': 'Validation',
  'split.test': 'Test',
  'split.gap': 'Gap',
  'split.key': 'Key',
  'split.folds': 'Cross-validation',
  'rows.weights': 'How much a row counts',
  steps: 'Steps',
  candidates: 'Candidates',
  metric: 'Primary metric',
  'evaluation.resamples': 'Resamples',
  seed: 'Seed',
  backend: 'Backend',
  'contract.row': 'One row is',
  'contract.latencyMs': 'Latency at most, in ms',
};

/** What is wrong and what to do, with the name of the field in the place of its path; the path where no field has it. */
export function inFormWords({ message, hint = '', details }: FailureData, spec: Spec): string {
  const path = details?.['path'];
  const said =
    typeof path === 'string' && message.startsWith(path)
      ? `${fieldName(path, spec) ?? path}${message.slice(path.length)}`
      : message;
  return `${said} ${hint}`.trimEnd();
}

/** How the forms name the field of a path, for example `“Learning rate” of network`. */
function fieldName(path: string, spec: Spec): string | undefined {
  const label = named(fixedNames, path) ?? changingName(path, spec);
  if (label !== undefined) return `“${label}”`;
  const [, index, inside = ''] = /^candidates\[(\d+)\]\.(.+)$/.exec(path) ?? [];
  if (index !== undefined) return ofCandidate(inside, spec.candidates[Number(index)]);
  return ofColumn(path) ?? ofStep(path, spec.steps);
}

function changingName(path: string, spec: Spec): string | undefined {
  const { by, foldsBy } = splitMethodNamed(spec.split.method);
  const metric = metricNamed(spec.metric);
  const names: Names = {
    'split.method': spec.task === 'language' ? 'Windows are dealt' : 'Rows are dealt',
    'split.by': by?.title,
    'split.foldsBy': foldsBy?.title,
    'contract.threshold': `${metric.title} ${metric.better === 'higher' ? 'at least' : 'at most'}`,
    'contract.rowsPerSecond': `Throughput at least, in ${unitOf(spec.task)}s per second`,
    'contract.label': `${answerName(spec)} means`,
  };
  return named(names, path);
}

function ofColumn(path: string): string | undefined {
  const [, name, setting = ''] = /^columns\.(.+)\.(\w+)$/.exec(path) ?? [];
  const names: Names = {
    type: `“Read ${name} as”`,
    order: `“Order of ${name}, lowest first”`,
    missing: `“Missing in ${name}”`,
  };
  return named(names, setting);
}

function ofCandidate(path: string, candidate: SpecCandidate | undefined): string | undefined {
  if (candidate === undefined) return undefined;
  const { name, model, balance, steps = [] } = candidate;
  const method = balanceMethods.find((one) => one.name === balance?.method);
  const names: Names = {
    name: '“Name”',
    model: 'The model',
    balance: '“Rare classes”',
    'balance.method': '“Rare classes”',
    ...parameterNames('parameters', estimators.find((one) => one.name === model)?.parameters),
    ...parameterNames('balance.parameters', method?.parameters),
  };
  const part = named(names, path) ?? ofStep(path, steps);
  return part === undefined ? undefined : `${part} of ${name}`;
}

function ofStep(path: string, steps: readonly SpecStep[]): string | undefined {
  const [, index, inside = ''] = /^steps\[(\d+)\]\.(.+)$/.exec(path) ?? [];
  const step = steps[Number(index)];
  const names: Names = {
    step: 'The kind',
    columns: '“Columns”',
    extractor: 'The network',
    ...parameterNames('parameters', everyStep.find(({ name }) => name === step?.step)?.parameters),
  };
  const part = named(names, inside);
  return part === undefined ? undefined : `${part} of step ${Number(index) + 1}`;
}

type Names = Readonly<Record<string, string | undefined>>;

/** What a spec calls its keys is anybody's choice, also `constructor`. */
function named(names: Names, path: string): string | undefined {
  return Object.hasOwn(names, path) ? names[path] : undefined;
}

function parameterNames(path: string, specs: readonly ParameterSpec[] = []): Names {
  return Object.fromEntries(specs.map(({ name, label }) => [`${path}.${name}`, `“${label}”`]));
}
