import { dirname } from 'node:path';
import { parseDocument } from 'yaml';
import type { ReadSettings } from '#core/data/read/settings.ts';
import type { Dataset } from '#core/data/table.ts';
import { checkShape, parseSpecText, readSettingsOf } from '#core/spec/parse-spec.ts';
import type { Spec, SpecSource } from '#core/spec/spec.ts';
import { setAt } from '#core/spec/spec-path.ts';
import { parseBackend, parseSeed, usageError } from './arguments.ts';
import type { NameExtractors } from './extractors.ts';
import { openDataset, readText } from './files.ts';
import { resolved, specFrom } from './sources.ts';

/** A field of the spec that a call sets. */
export interface Change {
  readonly path: string;
  readonly value: unknown;
}

export interface Prepared {
  /** All paths in it are absolute here. */
  readonly spec: Spec;
  readonly dataset: Dataset;
}

/** What a call changes of its spec: `--set`, `--seed` and `--backend`. */
export function givenChanges(values: {
  readonly set?: readonly string[] | undefined;
  readonly seed?: string | undefined;
  readonly backend?: string | undefined;
}): readonly Change[] {
  const seed = parseSeed(values.seed);
  const backend = parseBackend(values.backend);
  return [
    ...(values.set ?? []).map(parseChange),
    ...(seed === undefined ? [] : [{ path: 'seed', value: seed }]),
    ...(backend === undefined ? [] : [{ path: 'backend', value: backend }]),
  ];
}

/** A spec from a file, changed, and its data: the spec's own unless the call names another. */
export async function fromSpec(
  specPath: string,
  data: SpecSource | undefined,
  changes: readonly Change[],
  nameExtractors: NameExtractors,
): Promise<Prepared> {
  const text = await readText(specPath);
  const written = checkShape(nameExtractors(withChanges(parseSpecText(text), changes)));
  const spec = specFrom(written, dirname(specPath));
  const source = data === undefined ? spec.data.source : resolved(data);
  const dataset = await openDataset(source, spec.data.read);
  return { dataset, spec: { ...spec, data: { ...spec.data, source } } };
}

/** How a call says that its file is read. @throws TerrariumError for a setting that there is not, by its path */
export function givenReading(changes: readonly Change[]): ReadSettings {
  const settled = changes.filter(({ path }) => path.startsWith('data.read'));
  return readSettingsOf(withChanges({ data: {} }, settled));
}

export function withChanges(spec: unknown, changes: readonly Change[]): unknown {
  return changes.reduce<unknown>((changed, { path, value }) => setAt(changed, path, value), spec);
}

/** `split.test=0.3`: the value is read as YAML, as it would stand in the spec. */
function parseChange(text: string): Change {
  const at = text.indexOf('=');
  if (at < 1) throw usageError(`--set needs PATH=VALUE, and got "${text}".`);
  const document = parseDocument(text.slice(at + 1));
  if (document.errors.length > 0) throw usageError(`--set ${text}: the value is not valid YAML.`);
  return { path: text.slice(0, at), value: document.toJS({ maxAliasCount: 10 }) as unknown };
}
