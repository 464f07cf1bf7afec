import { openTab } from './test-database.ts';
import { zipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { JobQueue } from '#core/job-queue.ts';
import { MOST_BYTES } from '#core/extractors/read-extractor.ts';
import { shippedExtractor, shippedExtractorFile } from '#core/extractors/shipped-extractor.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import type { TerrariumDatabase } from '#storage/database.ts';
import { executeRun } from '#storage/execute-run.ts';
import { deleteExtractor, tryExtractor } from '#storage/extractors.ts';
import { importFile } from '#storage/import-file.ts';
import { queueAgain } from '#storage/run-status.ts';
import { createRun, getRun } from '#storage/runs.ts';
import { observeUse } from '#storage/use.ts';
import { nodeEngine, withoutNetwork } from '../support/experiment.ts';
import { extractorFile } from '../support/extractors.ts';
import { colouredPng } from '../support/images.ts';
import { refusalOf, thrownBy } from '../support/refusal.ts';
import { shippedBytes } from '../support/shipped-extractor.ts';
import { next } from './next.ts';

const bytes = extractorFile();
const file = new Blob([Uint8Array.from(bytes)]);
const small = { height: 12, width: 12 };

async function bring(db: TerrariumDatabase, name = 'net.onnx', parameters: object = small) {
  const query = { files: [{ name, file }], parameters: { ...parameters } };
  return tryExtractor(db, query, openModelOnNode);
}

async function runWith(db: TerrariumDatabase, extractor: { file: string; sha256: string }) {
  const files = Array.from({ length: 30 }, (_, i): [string, Uint8Array] => [
    `${i % 2 ? 'red' : 'blue'}/${i}.png`,
    colouredPng(9, 9, (at, channel) => (channel === (i % 2) * 2 ? 200 : (at * 7 + i) % 90)),
  ]);
  const zip = new Blob([Uint8Array.from(zipSync(Object.fromEntries(files)))]);
  const { dataset } = await importFile(db, { file: zip, name: 'set.zip' }, {});
  const proposed = withoutNetwork(proposeSpec(dataset.info, 'label', { seed: 7 }));
  const steps = [{ step: 'extract', columns: 'image' as const, parameters: small, extractor }];
  const spec: Spec = { ...proposed, steps, evaluation: { resamples: 100 } };
  return createRun(db, { datasetId: dataset.id, datasetVersion: 1, spec });
}

async function execute(db: TerrariumDatabase, runId: string): Promise<void> {
  await new JobQueue().run('job', (job) =>
    executeRun(db, runId, job, { createEngine: nodeEngine, onEvent: () => {}, commit: null }),
  );
}

describe('a network that a person brought', () => {
  it('is tried, kept once, counted, and used by a run', async () => {
    const db = await openTab();
    const facts = await bring(db);
    const { sha256 } = facts;
    expect(facts).toMatchObject({
      file: 'net.onnx',
      bytes: bytes.byteLength,
      features: 4,
      ...small,
    });
    expect((await bring(db, 'again.onnx')).sha256).toBe(sha256);
    const use = await next(observeUse(db), () => true);
    expect(use.extractors).toMatchObject([{ file: 'net.onnx', sha256, bytes: bytes.byteLength }]);
    expect(use.totalBytes).toBe(bytes.byteLength + use.otherBytes);

    const query = { extractor: facts, parameters: { ...small, layer: 'logits' } };
    expect(await tryExtractor(db, query, openModelOnNode)).toMatchObject({ features: 5 });

    const run = await runWith(db, { file: 'net.onnx', sha256 });
    await execute(db, run.id);
    expect((await getRun(db, run.id)).status).toBe('finished');
  });

  it('is gone when it is deleted, and a run that needs it says so', async () => {
    const db = await openTab();
    const { sha256 } = await bring(db);
    await deleteExtractor(db, sha256);
    expect(await db.blobs.count()).toBe(0);
    const run = await runWith(db, { file: 'net.onnx', sha256 });
    const refusal = await refusalOf(() => execute(db, run.id));
    expect(refusal).toMatchObject({ code: 'extractor_missing' });
    expect(refusal.message).toContain('net.onnx');
  });

  it('is refused before it is kept', async () => {
    const db = await openTab();
    expect(await thrownBy(() => bring(db, 'net.onnx', { layer: 'nothing' }))).toMatchObject({
      code: 'bad_extractor',
    });
    const vast = { size: MOST_BYTES + 1 } as Blob;
    const large = { files: [{ name: 'vast.onnx', file: vast }], parameters: {} };
    expect((await refusalOf(() => tryExtractor(db, large, openModelOnNode))).message).toContain(
      '129 MB',
    );
    expect(await db.extractors.count()).toBe(0);
    expect(await db.blobs.count()).toBe(0);
  });
});

describe('the network that comes with Terrarium', () => {
  const look = (db: TerrariumDatabase) =>
    tryExtractor(db, { extractor: shippedExtractorFile, parameters: small }, openModelOnNode);

  it('is fetched when it is first wanted, kept, and there without a connection from then on', async () => {
    const db = await openTab();
    const fetched: string[] = [];
    vi.stubGlobal('fetch', (address: string) => {
      fetched.push(address);
      return Promise.resolve(new Response(shippedBytes()));
    });
    expect(await look(db)).toMatchObject({ features: 160, layer: 'features', ...small });
    expect(fetched).toEqual([expect.stringContaining(shippedExtractor.file)]);

    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect((await look(db)).sha256).toBe(shippedExtractor.sha256);
    const use = await next(observeUse(db), () => true);
    expect(use.extractors).toMatchObject([{ ...shippedExtractorFile }]);

    await deleteExtractor(db, shippedExtractor.sha256);
    expect(await db.blobs.count()).toBe(0);
  });

  it.each([
    [() => Promise.reject(new TypeError('Failed to fetch')), 'the server did not answer'],
    [() => Promise.resolve(new Response('', { status: 404 })), 'the server answered 404'],
  ])('that cannot be fetched is told with what to do, and nothing is kept', async (fetch, why) => {
    const db = await openTab();
    vi.stubGlobal('fetch', fetch);
    const thrown = await thrownBy(() => look(db));
    expect(thrown).toMatchObject({ code: 'extractor_unreachable', kind: 'run' });
    expect(thrown.message).toContain(why);
    expect(await db.extractors.count()).toBe(0);
  });

  it('is refused where the server gives other bytes', async () => {
    const db = await openTab();
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<!doctype html>')));
    expect((await refusalOf(() => look(db))).message).toContain('has the hash');
    expect(await db.blobs.count()).toBe(0);
  });
});

it('a run that was interrupted waits for its network, and goes on once the file is brought again', async () => {
  const db = await openTab();
  const { sha256 } = await bring(db);
  const run = await runWith(db, { file: 'net.onnx', sha256 });
  await db.checkpoints.add({ runId: run.id, name: 'x', bytes: 1, content: Uint8Array.of(1) });
  await deleteExtractor(db, sha256);
  await refusalOf(() => execute(db, run.id));
  const waiting = await getRun(db, run.id);
  expect(waiting.status).toBe('interrupted');
  expect(waiting.error?.message).toContain('The network net.onnx with the hash');
  expect(waiting.error?.hint).toMatch(/^Bring its file again/);
  expect(await db.checkpoints.count()).toBeGreaterThan(0);
  await bring(db);
  await queueAgain(db, run.id);
  await execute(db, run.id);
  expect((await getRun(db, run.id)).status).toBe('finished');
});

it('a network that came with another Terrarium is told from one that a person brought', async () => {
  const db = await openTab();
  const old = { file: shippedExtractor.file, sha256: 'ab'.repeat(32) };
  const query = { extractor: old, parameters: small };
  const refusal = await refusalOf(() => tryExtractor(db, query, openModelOnNode));
  expect(refusal.code).toBe('extractor_of_other_version');
  expect(refusal.message).toContain('with the hash abababababab… came with another version');
  expect(refusal.hint).toContain('give it at the step that reads features by it');
});
