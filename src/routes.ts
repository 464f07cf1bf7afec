import type { Component } from 'svelte';
import type { RouteDefinition } from 'svelte-spa-router';
import { wrap } from 'svelte-spa-router/wrap';
import LoadFailed from '#ui/pages/not-found/LoadFailed.svelte';

type Page = () => Promise<{ readonly default: Component<{ params: never }> | Component }>;

/** Each page is loaded when it is first opened. */
const pages: Readonly<Record<string, Page>> = {
  '/': () => import('#ui/pages/home/HomePage.svelte'),
  '/capture': () => import('#ui/pages/capture/CapturePage.svelte'),
  '/data/:datasetId': () => import('#ui/pages/data/DataPage.svelte'),
  '/contract/:datasetId': () => import('#ui/pages/contract/ContractPage.svelte'),
  '/setup/:datasetId': () => import('#ui/pages/setup/SetupPage.svelte'),
  '/runs': () => import('#ui/pages/runs/RunsPage.svelte'),
  '/runs/:runId': () => import('#ui/pages/run/RunPage.svelte'),
  '/predict/:runId': () => import('#ui/pages/predict/PredictPage.svelte'),
  '/storage': () => import('#ui/pages/storage/StoragePage.svelte'),
  '*': () => import('#ui/pages/not-found/NotFoundPage.svelte'),
};

export const routes: RouteDefinition = Object.fromEntries(
  Object.entries(pages).map(([path, load]) => [path, wrap({ asyncComponent: guarded(load) })]),
);

/** A page whose code can't be fetched (the connection dropped, or a new version was put up) says so. */
function guarded(load: Page) {
  return async () => {
    try {
      return await load();
    } catch {
      return { default: LoadFailed };
    }
  };
}
