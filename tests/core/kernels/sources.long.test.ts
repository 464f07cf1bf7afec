import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { kernelFile, kernelModules, kernelSource } from '#cli/compile-kernels.mjs';

// The short run compiles those of trees, in tree-kernels.test.ts.
it.each(kernelModules)(
  'the bytes of %s are what its sources compile to',
  (name) => {
    expect(kernelSource(name)).toBe(readFileSync(kernelFile(name), 'utf8'));
  },
  60_000,
);
