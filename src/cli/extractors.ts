import { resolve } from 'node:path';
import { stepNamed } from '#core/features/registry.ts';
import { bytesSha256 } from '#core/bytes-hash.ts';
import { isRecord } from '#core/spec/spec-path.ts';
import { usageError } from './arguments.ts';
import { readExtractorFile } from './extractor-file.ts';

/** Writes files that a call names into the steps of a spec, which need not have its shape yet. */
export type NameExtractors = (spec: unknown) => unknown;

/**
 * What a call's files mean for a spec: a step that names a file of the same hash finds it there, and a step that names
 * none has the one file.
 * @throws TerrariumError where a file cannot be read; the function given back, where a file is of no use
 */
export async function namedExtractors(paths: readonly string[] = []): Promise<NameExtractors> {
  const files = new Map<string, string>();
  for (const path of paths) {
    files.set(await bytesSha256(await readExtractorFile(path)), resolve(path));
  }
  return (spec) => {
    const used = new Set<string>();
    const named = withFiles(spec, files, used);
    const stray = [...files.entries()].find(([sha256]) => !used.has(sha256));
    if (stray === undefined) return named;
    throw usageError(
      `--extractor ${stray[1]}: no step of the spec needs this file, which has the hash ${stray[0].slice(0, 12)}….`,
    );
  };
}

function withFiles(spec: unknown, files: ReadonlyMap<string, string>, used: Set<string>): unknown {
  if (!isRecord(spec) || files.size === 0) return spec;
  const inSteps = (steps: unknown): unknown =>
    Array.isArray(steps) ? steps.map((step: unknown) => withFile(step, files, used)) : steps;
  const { steps, candidates } = spec;
  return {
    ...spec,
    steps: inSteps(steps),
    candidates: Array.isArray(candidates)
      ? candidates.map((one: unknown) =>
          isRecord(one) && 'steps' in one ? { ...one, steps: inSteps(one['steps']) } : one,
        )
      : candidates,
  };
}

function withFile(step: unknown, files: ReadonlyMap<string, string>, used: Set<string>): unknown {
  if (!isRecord(step) || typeof step['step'] !== 'string') return step;
  const { extractor } = step;
  const isNamed = isRecord(extractor) && typeof extractor['sha256'] === 'string';
  const [only] = files.keys();
  const isFree = !isNamed && files.size === 1 && stepNamed(step['step']).extraction !== undefined;
  const sha256 = isNamed ? String(extractor['sha256']) : isFree ? only : undefined;
  const file = files.get(sha256 ?? '');
  if (sha256 === undefined || file === undefined) return step;
  used.add(sha256);
  return { ...step, extractor: { file, sha256 } };
}
