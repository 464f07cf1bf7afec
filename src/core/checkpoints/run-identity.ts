import type { Engine } from '#core/engine.ts';
import { bytesSha256 } from '#core/bytes-hash.ts';
import { withExtractorFiles } from '#core/spec/extractor-files.ts';
import type { Spec } from '#core/spec/spec.ts';
import { VERSION } from '#core/version.ts';

/**
 * Says what a run computes and by what: the SHA-256 of its spec, with the hash of its data and its seed, of the backend
 * and its adapter, and of the versions of all that computes. A checkpoint goes only into a run that says the same. Where
 * the data and extractors lie and how many threads there are is left out, as it changes no bit.
 * @param spec with every default and `data.sha256` written out
 */
export function runIdentity(spec: Spec, engine: Engine, commit: string | null): Promise<string> {
  const data = { ...spec.data, source: '' };
  const { name: backend, adapter } = engine.backend;
  const versions = Object.entries(engine.versions).toSorted();
  const placeless = { ...withExtractorFiles(spec, () => ''), data };
  const all = { spec: placeless, backend, adapter, VERSION, versions, commit };
  return bytesSha256(new TextEncoder().encode(JSON.stringify(all)));
}
