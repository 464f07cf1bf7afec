import type { RunEntity } from '#storage/entities.ts';

/** A stage of the flow as the shell shows it. */
export interface Stage {
  readonly name: 'Data' | 'Contract' | 'Setup' | 'Train' | 'Results' | 'Predict';
  /** Where it is; null while it can't be opened yet. */
  readonly href: string | null;
  readonly mark: 'done' | 'going' | 'stopped' | 'open';
  /** The mark in words. */
  readonly note: string;
}

/** How far the current data set and run have come. */
export function stagesOf(
  datasetId: string | null,
  run: RunEntity | null,
  target: string | null = run?.spec.target ?? null,
  version: string | null = null,
  task: string | null = target === null ? (run?.spec.task ?? null) : null,
): readonly Stage[] {
  const pairs = [
    ...(target === null ? [] : [`target=${encodeURIComponent(target)}`]),
    ...(task === null ? [] : [`task=${encodeURIComponent(task)}`]),
    ...(version === null ? [] : [`version=${encodeURIComponent(version)}`]),
  ];
  const question = pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  const draftStage = (page: string): Omit<Stage, 'name'> => ({
    href: datasetId === null ? null : `#/${page}/${datasetId}${question}`,
    mark: run === null ? 'open' : 'done',
    note: datasetId === null ? 'needs data' : run === null ? 'open' : 'done',
  });
  const runHref = run === null ? null : `#/runs/${run.id}`;
  const results = run?.record === undefined ? null : runHref;
  const usable = run?.record?.best ?? null;
  return [
    {
      name: 'Data',
      href: datasetId === null ? '#/' : `#/data/${datasetId}${question}`,
      mark: datasetId === null ? 'open' : 'done',
      note: datasetId === null ? 'choose a table' : 'done',
    },
    { name: 'Contract', ...draftStage('contract') },
    { name: 'Setup', ...draftStage('setup') },
    { name: 'Train', href: runHref, ...trainMark(run) },
    {
      name: 'Results',
      href: results,
      mark: results === null ? 'open' : 'done',
      note: results === null ? 'needs a finished run' : 'done',
    },
    {
      name: 'Predict',
      href: run !== null && usable !== null ? `#/predict/${run.id}` : null,
      mark: 'open',
      note: usable === null ? 'needs a trained model' : 'ready',
    },
  ];
}

function trainMark(run: RunEntity | null): Pick<Stage, 'mark' | 'note'> {
  if (run === null) return { mark: 'open', note: 'needs a setup' };
  switch (run.status) {
    case 'queued':
    case 'running':
      return { mark: 'going', note: 'training' };
    case 'paused':
      return { mark: 'going', note: 'paused' };
    case 'finished':
      return { mark: 'done', note: 'done' };
    case 'failed':
    case 'cancelled':
    case 'interrupted':
      return { mark: 'stopped', note: run.status };
  }
}

/** The stage that a page belongs to; null for pages beside the flow. */
export function stageOfPath(path: string, run: RunEntity | null): Stage['name'] | null {
  if (path === '/' || path === '/capture' || path.startsWith('/data/')) return 'Data';
  if (path.startsWith('/contract/')) return 'Contract';
  if (path.startsWith('/setup/')) return 'Setup';
  if (path.startsWith('/predict/')) return 'Predict';
  if (path.startsWith('/runs/')) return run?.record === undefined ? 'Train' : 'Results';
  return null;
}
