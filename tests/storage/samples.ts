import { createSHA256 } from 'hash-wasm';
import * as v from 'valibot';
import type { DatasetInfo } from '#core/data/table.ts';
import { runRecordSchema, type RunRecord } from '#core/spec/run-record.ts';
import { specSchema, type Spec } from '#core/spec/spec.ts';
import type { TerrariumDatabase } from '#storage/database.ts';
import { importDataset } from '#storage/datasets.ts';
import type { RunEntity } from '#storage/entities.ts';
import type { RunResult } from '#storage/run-status.ts';
import { createRun } from '#storage/runs.ts';

export const flowersCsv = 'petal,species\n1.4,setosa\n4.7,versicolor\n';

const hasher = await createSHA256();

export function sha256(bytes: string | Uint8Array): string {
  return hasher.init().update(bytes).digest('hex');
}

/** A file and what reading it found, as the data worker hands them to storage. */
export function csvFile(text = flowersCsv, name = 'flowers.csv') {
  const blob = new Blob([text], { type: 'text/csv' });
  const info: DatasetInfo = {
    name,
    sha256: sha256(text),
    bytes: blob.size,
    rows: text.trim().split('\n').length - 1,
    columns: [],
    doubts: [],
    reading: { format: 'csv', delimiter: ',' },
  };
  return { info, blob };
}

export function flowersSpec(name = 'flowers'): Spec {
  return v.parse(specSchema, {
    version: 1,
    name,
    data: { source: 'flowers.csv' },
    task: 'classification',
    target: 'species',
    steps: [],
    candidates: [
      { name: 'baseline', model: 'majority' },
      { name: 'linear', model: 'logistic_regression' },
    ],
    metric: 'macro_f1',
  });
}

export async function queuedRun(db: TerrariumDatabase, name?: string): Promise<RunEntity> {
  const { dataset } = await importDataset(db, csvFile());
  return createRun(db, { datasetId: dataset.id, datasetVersion: 1, spec: flowersSpec(name) });
}

/** What executing the run gives: one model per candidate, here bytes that name it. */
export function resultOf(run: RunEntity, modelTexts: Record<string, string> = {}): RunResult {
  const models = new Map(
    run.spec.candidates.map(({ name }) => [
      name,
      new TextEncoder().encode(modelTexts[name] ?? `model ${name} of ${run.id}`),
    ]),
  );
  return { record: recordOf(run, models), card: `# ${run.name}`, models };
}

function recordOf(run: RunEntity, models: ReadonlyMap<string, Uint8Array>): RunRecord {
  const interval = { value: 0.9, low: 0.8, high: 1 };
  const metrics = { validation: { macro_f1: interval }, test: { macro_f1: interval } };
  const now = new Date().toISOString();
  return v.parse(runRecordSchema, {
    version: 1,
    id: run.id,
    name: run.name,
    createdAt: run.createdAt,
    finishedAt: now,
    status: 'finished',
    spec: run.spec,
    dataset: {
      name: 'flowers.csv',
      sha256: sha256(flowersCsv),
      bytes: flowersCsv.length,
      rows: 2,
      rowsUsed: 2,
      rowsWithoutTarget: 0,
      doubts: [],
    },
    contract: {
      version: 1,
      name: run.name,
      task: 'classification',
      target: { name: 'species', missing: [''], classes: ['setosa', 'versicolor'] },
      inputs: [],
      primaryMetric: 'macro_f1',
    },
    environment: {
      requestedBackend: 'cpu',
      backend: 'cpu',
      backendReason: 'set by hand',
      adapter: null,
      runtime: 'Node',
      versions: {},
      commit: null,
    },
    split: { seed: 1, stratified: true, train: 2, validation: 0, test: 0 },
    candidates: [...models].map(([name, bytes], complexity) => ({
      name,
      model: name,
      parameters: {},
      complexity,
      trainMs: 1,
      weightsSha256: sha256(`weights of ${name}`),
      onnx: { sha256: sha256(bytes), bytes: bytes.length },
      parity: { maxAbsDifference: 0, tolerance: 1e-5, passed: true, rows: 2 },
      metrics,
      history: [],
      warnings: [],
    })),
    best: 'linear',
    warnings: [],
  });
}
