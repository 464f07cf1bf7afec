import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { commitOf } from './src/cli/commit.mjs';
import { hostHeadersFile, securityHeaders } from './src/cli/headers.mjs';
import { testProjects } from './tests/vitest.projects.ts';

const repository = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: 'src',
  base: './',
  publicDir: '../public',
  plugins: [svelte({ configFile: false }), hostHeaders()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    sourcemap: false,
    // The policy allows no data: fonts or scripts, so every asset is a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  worker: { format: 'es' },
  define: { 'import.meta.env.VITE_COMMIT': JSON.stringify(commitOf(repository) ?? '') },
  server: { headers: securityHeaders({ dev: true }), fs: { allow: [repository] } },
  preview: { headers: securityHeaders() },
  test: {
    root: repository,
    maxWorkers: 2,
    projects: testProjects({ repository, long: process.env.TERRARIUM_LONG === '1' }),
  },
});

/** Writes the headers into the build, in the form that static hosts read. */
function hostHeaders() {
  return {
    name: 'terrarium-host-headers',
    apply: 'build' as const,
    generateBundle(this: { emitFile: (file: EmittedText) => string }) {
      this.emitFile({ type: 'asset', fileName: '_headers', source: hostHeadersFile() });
    },
  };
}

interface EmittedText {
  type: 'asset';
  fileName: string;
  source: string;
}
