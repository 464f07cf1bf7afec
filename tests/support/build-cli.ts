import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The command line as one program: started from its sources, each call would translate them anew. */
    readonly commandLine: string;
  }
}

/** Builds the command line once for all tests; as deep in the repository as its sources, which look around from there. */
export default async function buildCommandLine({ config, provide }: TestProject) {
  const folder = join(config.root, '.cache', `cli-${process.pid}`);
  await build({
    configFile: false,
    root: config.root,
    publicDir: false,
    logLevel: 'error',
    build: {
      ssr: 'src/cli/main.ts',
      outDir: folder,
      target: 'node20',
      rolldownOptions: {
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  provide('commandLine', join(folder, 'main.js'));
  return () => {
    rmSync(folder, { recursive: true });
  };
}
