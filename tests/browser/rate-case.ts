import { commands } from 'vitest/browser';
import { readDataset } from '#core/data/dataset.ts';
import type { Dataset } from '#core/data/table.ts';
import { findRate, type RateFinding } from '#core/find-rate.ts';
import { specToYaml } from '#core/spec/parse-spec.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { BackendChoice, Spec } from '#core/spec/spec.ts';
import { createBrowserEngine } from '#engine/browser-engine.ts';

declare module 'vitest/browser' {
  interface BrowserCommands {
    findRateOnNode: (spec: string) => Promise<string>;
  }
}

async function penguins(): Promise<Dataset> {
  const { body } = await fetch('/samples/penguins.csv');
  if (body === null) throw new Error('the sample has no body');
  return readDataset(body, 'penguins.csv');
}

function specOf({ info }: Dataset, backend: BackendChoice, parameters: object): Spec {
  const proposed = proposeSpec(info, 'species', { seed: 7 });
  const candidates = proposed.candidates.map((one) =>
    one.model === 'mlp' ? { ...one, parameters: { ...parameters } } : one,
  );
  return { ...proposed, backend, candidates };
}

/** What a range test finds for the penguins' network in this browser. */
export async function findHere(backend: BackendChoice, parameters = {}): Promise<RateFinding> {
  const dataset = await penguins();
  return findRate({
    spec: specOf(dataset, backend, parameters),
    dataset,
    engine: await createBrowserEngine(backend),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
}

/** The same on the command line. */
export async function findOnNode(backend: BackendChoice): Promise<RateFinding> {
  const spec = specOf(await penguins(), backend, {});
  return JSON.parse(await commands.findRateOnNode(specToYaml(spec))) as RateFinding;
}
