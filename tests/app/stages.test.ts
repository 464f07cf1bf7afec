import { describe, expect, it } from 'vitest';
import type { RunEntity } from '#app/runs.ts';
import { stageOfPath, stagesOf } from '#app/stages.ts';
import { flowersSpec, resultOf } from '../storage/samples.ts';

function runWith(changes: Partial<RunEntity>): RunEntity {
  return {
    id: 'r',
    datasetId: 'd',
    datasetVersion: 1,
    name: 'flowers',
    createdAt: '2026-01-01T00:00:00.000Z',
    status: 'running',
    spec: flowersSpec(),
    ...changes,
  };
}

const marks = (datasetId: string | null, run: RunEntity | null) =>
  Object.fromEntries(stagesOf(datasetId, run).map((stage) => [stage.name, stage.mark]));
const opened = (datasetId: string | null, run: RunEntity | null) =>
  stagesOf(datasetId, run).flatMap((stage) => (stage.href === null ? [] : [stage.name]));

describe('the stages of the flow', () => {
  it('begin with data alone', () => {
    expect(opened(null, null)).toEqual(['Data']);
    expect(marks(null, null)).toMatchObject({ Data: 'open', Setup: 'open' });
  });

  it('offer contract and setup once there is data', () => {
    expect(opened('d', null)).toEqual(['Data', 'Contract', 'Setup']);
    expect(marks('d', null)).toMatchObject({ Data: 'done', Contract: 'open', Setup: 'open' });
  });

  it('lead to the setup of what was chosen', () => {
    const setup = (run: RunEntity | null, target?: string) =>
      stagesOf('d', run, target).find((stage) => stage.name === 'Setup')?.href;
    expect(setup(null)).toBe('#/setup/d');
    expect(setup(null, 'a & b')).toBe('#/setup/d?target=a%20%26%20b');
    expect(setup(runWith({}))).toBe('#/setup/d?target=species');
    const { target, ...spec } = flowersSpec();
    expect(target).toBe('species');
    expect(setup(runWith({ spec: { ...spec, task: 'clustering' } }))).toBe(
      '#/setup/d?task=clustering',
    );
  });

  it('show a run while it trains', () => {
    expect(opened('d', runWith({}))).toEqual(['Data', 'Contract', 'Setup', 'Train']);
    expect(marks('d', runWith({}))).toMatchObject({ Setup: 'done', Train: 'going' });
  });

  it('open results and predictions when it has finished', () => {
    const run = runWith({});
    const finished = { ...run, status: 'finished', record: resultOf(run).record } as const;
    expect(opened('d', finished)).toEqual([
      'Data',
      'Contract',
      'Setup',
      'Train',
      'Results',
      'Predict',
    ]);
    expect(marks('d', finished)).toMatchObject({ Train: 'done', Results: 'done' });
    expect(stageOfPath('/runs/r', finished)).toBe('Results');
  });

  it.each(['interrupted', 'cancelled', 'failed'] as const)('say that a run was %s', (status) => {
    const stages = stagesOf('d', runWith({ status }));
    expect(stages.find((stage) => stage.name === 'Train')).toMatchObject({
      mark: 'stopped',
      note: status,
    });
  });

  it('belong to pages', () => {
    expect(stageOfPath('/', null)).toBe('Data');
    expect(stageOfPath('/contract/d', null)).toBe('Contract');
    expect(stageOfPath('/setup/d', null)).toBe('Setup');
    expect(stageOfPath('/runs/r', runWith({}))).toBe('Train');
    expect(stageOfPath('/runs', null)).toBeNull();
  });
});
