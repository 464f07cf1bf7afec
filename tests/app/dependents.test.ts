import { expect, it } from 'vitest';
import { dependentsOf, partsOf, runsThatNeed } from '#app/dependents.ts';
import { localMoment } from '#app/local-date.ts';
import type { DatasetEntity } from '#app/datasets.svelte.ts';
import type { RunEntity } from '#app/runs.ts';
import { csvFile, flowersSpec } from '../storage/samples.ts';

const { info } = csvFile();

function datasetOf(versions: number): DatasetEntity {
  const origin = { from: 'file', placed: 'by-hand' } as const;
  return {
    id: 'd',
    name: 'flowers',
    createdAt: '2026-11-21T10:00:00.000Z',
    version: versions,
    info,
    versions: Array.from({ length: versions }, (_, i) => ({
      number: i + 1,
      createdAt: '2026-11-21T10:00:00.000Z',
      info,
      origin,
    })),
  };
}

function runOn(datasetVersion: number, models: Record<string, string>): RunEntity {
  return {
    id: `r${datasetVersion}`,
    datasetId: 'd',
    datasetVersion,
    name: `run ${datasetVersion}`,
    createdAt: '2026-11-22T10:00:00.000Z',
    status: Object.keys(models).length === 0 ? 'cancelled' : 'finished',
    spec: flowersSpec(),
    models,
  };
}

/** As it reads where the test runs, to the minute: two runs of a day are told apart. */
const moment = localMoment('2026-11-22T10:00:00.000Z');

const runs = [runOn(1, { a: 'x', b: 'y' }), runOn(2, { a: 'z' }), runOn(3, {})];

it('a run takes its figures and models, or what it could go on from', () => {
  expect(moment).toMatch(/^Nov 2[123], 2026, \d+:\d\d\s[AP]M$/);
  expect(partsOf(runOn(1, { a: 'x', b: 'y' }))).toEqual(['its figures', 'its 2 models']);
  expect(partsOf({ ...runOn(1, {}), status: 'interrupted' })).toEqual([
    'what it has done so far, from which it could go on',
  ]);
  expect(partsOf(runOn(1, {}))).toEqual([]);
});

it('a data set takes its versions and all runs with their models', () => {
  expect(dependentsOf(datasetOf(3), runs)).toEqual([
    'all 3 versions of it',
    `the run run 1 (${moment}), with its 2 models`,
    `the run run 2 (${moment}), with its model`,
    `the run run 3 (${moment}), cancelled`,
  ]);
});

it('a version takes the runs on it alone, and the last one nothing more than its data set does', () => {
  expect(dependentsOf(datasetOf(3), runs, 2)).toEqual([
    `the run run 2 (${moment}), with its model`,
  ]);
  expect(dependentsOf(datasetOf(1), runs, 1)).toHaveLength(1);
  expect(dependentsOf(datasetOf(2), [])).toEqual(['both versions of it']);
});

it('a network is needed by the runs that have not ended and read features by it', () => {
  const extractor = { file: 'net.onnx', sha256: 'ab' };
  const steps = [{ step: 'extract', columns: 'image' as const, parameters: {}, extractor }];
  const made = (id: string, status: RunEntity['status'], own?: boolean): RunEntity => {
    const run = { ...runOn(1, {}), id, status };
    const [first] = run.spec.candidates;
    if (first === undefined) throw new Error('no candidate');
    return own === true
      ? { ...run, spec: { ...run.spec, candidates: [{ ...first, steps }] } }
      : { ...run, spec: { ...run.spec, steps } };
  };
  const all = [
    made('a', 'interrupted'),
    made('b', 'finished'),
    made('c', 'queued', true),
    made('d', 'failed'),
    { ...runOn(1, {}), status: 'interrupted' as const },
    made('e', 'running'),
    made('f', 'paused'),
  ];
  expect(runsThatNeed(extractor, all).map(({ id }) => id)).toEqual(['a', 'c', 'e', 'f']);
  expect(runsThatNeed({ sha256: 'cd' }, all)).toEqual([]);
});
