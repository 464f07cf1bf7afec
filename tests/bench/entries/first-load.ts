import { join } from 'node:path';
import { chromium } from 'playwright';
import { ensureBuilt, repository } from '#cli/prepare.mjs';
import { serve } from '#cli/serve.mjs';
import { chromiumLaunch } from '../../chromium.mjs';
import { firstLoadInBrowser, gzipBytes, totalBytes } from '../../first-load.ts';
import type { BenchEntry } from '../entry.ts';

const dist = join(repository, 'dist');
const tfjs = join(repository, 'node_modules', '@tensorflow', 'tfjs', 'dist', 'tf.min.js');

export const firstLoadEntry: BenchEntry = {
  name: 'first-load',
  what: 'gzipped JavaScript that a browser loads before anybody interacts',
  peerName: 'a plain page that loads tf.min.js of @tensorflow/tfjs 4.22.0',
  unit: 'bytes',
  better: 'less',
  repeats: 1,
  prepare: async () => {
    await ensureBuilt();
    const server = await serve({ directory: dist });
    const browser = await chromium.launch(chromiumLaunch());
    return {
      ours: async () => totalBytes(await firstLoadInBrowser(browser, dist, server.url)),
      peer: async () => gzipBytes(tfjs),
      close: async () => {
        await browser.close();
        await server.close();
      },
    };
  },
};
