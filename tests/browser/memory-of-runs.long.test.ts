import { unzipSync, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { bytesSha256 } from '#core/bytes-hash.ts';
import { readDataset } from '#core/data/dataset.ts';
import type { Dataset } from '#core/data/table.ts';
import type { Engine } from '#core/engine.ts';
import type { RunEvent } from '#core/run-events.ts';
import { runExperiment, type RunOutcome } from '#core/run-experiment.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { createBrowserEngine } from '#engine/browser-engine.ts';
import { countHeld, type Held } from './held-memory.ts';

declare module 'vitest/browser' {
  interface BrowserCommands {
    extractorOnNode: () => Promise<string>;
  }
}

/** Of each of three digits the first twelve images. */
async function fewDigits(): Promise<Dataset> {
  const sample = await (await fetch('/samples/digits.zip')).arrayBuffer();
  const files = Object.entries(unzipSync(new Uint8Array(sample)));
  const few = ['0', '1', '2'].flatMap((digit) =>
    files.filter(([path]) => path.startsWith(`${digit}/`)).slice(0, 12),
  );
  return readDataset(new Blob([zipSync(Object.fromEntries(few)).slice()]).stream(), 'digits.zip');
}

/** A network reads the features, and another one learns from them. */
async function transferSpec({ info }: Dataset, extractor: Uint8Array): Promise<Spec> {
  const file = { file: 'net.onnx', sha256: await bytesSha256(extractor) };
  const parameters = { epochs: 2, hidden_units: [4] };
  return {
    ...proposeSpec(info, 'label', { seed: 7 }),
    evaluation: { resamples: 20 },
    steps: [
      {
        ...{ step: 'extract', columns: 'image', extractor: file },
        parameters: { height: 8, width: 8 },
      },
      { step: 'scale', columns: 'image', parameters: {} },
    ],
    candidates: [
      { name: 'baseline', model: 'majority', parameters: {} },
      { name: 'network', model: 'mlp', parameters },
    ],
  };
}

/** Counts the models that are open in onnxruntime. */
function countOpen(engine: Engine): { readonly engine: Engine; readonly open: () => number } {
  let open = 0;
  const openModel: Engine['openModel'] = async (bytes) => {
    const session = await engine.openModel(bytes);
    open += 1;
    return {
      run: (inputs, rows) => session.run(inputs, rows),
      release: async () => {
        open -= 1;
        await session.release();
      },
    };
  };
  return { engine: { ...engine, openModel }, open: () => open };
}

it.each(['wasm', 'webgpu'] as const)(
  'twenty whole runs whose features a network reads end at the memory of the first, on %s',
  async (backend) => {
    const held = countHeld();
    const text = await commands.extractorOnNode();
    const extractor = Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
    const dataset = await fewDigits();
    const spec = { ...(await transferSpec(dataset, extractor)), backend };
    const { engine, open } = countOpen(await createBrowserEngine(backend));
    const ends: Held[] = [];
    const hashes = new Set<string | undefined>();
    for (let run = 0; run < 20; run += 1) {
      const { record } = await runExperiment({
        ...{ spec, dataset, engine, id: 'here', commit: null },
        signal: new AbortController().signal,
        onEvent: () => undefined,
        extractorBytes: () => Promise.resolve(extractor),
      });
      expect(record.status).toBe('finished');
      hashes.add(record.candidates[1]?.weightsSha256);
      expect(open()).toBe(0);
      ends.push(await held());
    }
    expect(hashes.size).toBe(1);
    for (const { tensors, tensorBytes, buffers } of ends) {
      expect({ tensors, tensorBytes, buffers }).toEqual({ tensors: 0, tensorBytes: 0, buffers: 0 });
    }
    const [first, last] = [ends[0], ends.at(-1)];
    expect(last?.memories).toBe(first?.memories);
    expect(last?.memoryBytes).toBe(first?.memoryBytes);
    // The first runs have code compiled, which stays.
    expect((last?.heapBytes ?? NaN) - (ends[9]?.heapBytes ?? NaN)).toBeLessThan(250_000);
  },
  120_000,
);

it.each(['wasm', 'webgpu'] as const)(
  'a run that is cancelled in its training or in its evaluation, or whose network fails, leaves nothing behind, on %s',
  async (backend) => {
    const held = countHeld();
    const text = await commands.extractorOnNode();
    const extractor = Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
    const dataset = await fewDigits();
    const spec = { ...(await transferSpec(dataset, extractor)), backend };
    const { engine, open } = countOpen(await createBrowserEngine(backend));
    const run = (own: Spec, cancelAt?: (event: RunEvent) => boolean): Promise<RunOutcome> => {
      const stop = new AbortController();
      return runExperiment({
        ...{ spec: own, dataset, engine, id: 'here', commit: null },
        signal: stop.signal,
        onEvent: (event) => {
          if (cancelAt?.(event) === true) stop.abort();
        },
        extractorBytes: () => Promise.resolve(extractor),
      });
    };
    const expectNothing = async (): Promise<void> => {
      expect(open()).toBe(0);
      const { tensors, tensorBytes, buffers } = await held();
      expect({ tensors, tensorBytes, buffers }).toEqual({ tensors: 0, tensorBytes: 0, buffers: 0 });
    };
    const moments: readonly ((event: RunEvent) => boolean)[] = [
      (event) => event.type === 'images',
      (event) => event.type === 'epoch' && event.candidate === 'network',
      (event) =>
        event.type === 'stage' && event.stage === 'evaluate' && event.candidate === 'network',
    ];
    for (const moment of moments) {
      await expect(run(spec, moment)).rejects.toMatchObject({ kind: 'cancelled' });
      await expectNothing();
    }
    const [baseline, network] = spec.candidates;
    if (baseline === undefined || network === undefined) throw new Error('no candidates');
    const parameters = { ...network.parameters, max_memory_mb: 0.001 };
    const { record } = await run({ ...spec, candidates: [baseline, { ...network, parameters }] });
    expect(record.failures?.map(({ error }) => error.code)).toEqual(['memory_budget']);
    await expectNothing();
  },
  120_000,
);
