import { inputError } from '#core/errors.ts';
import { isRecord } from './spec-path.ts';

/**
 * Refuses a document whose version comes after the one that this Terrarium knows, before anything else in it is held against
 * a schema that it need not have.
 * @param what names it at the beginning of a sentence, such as `The spec`
 * @throws TerrariumError `newer_version`
 */
export function refuseNewer(what: string, document: unknown, known: number): void {
  const version = isRecord(document) ? document['version'] : undefined;
  if (typeof version !== 'number' || !(version > known)) return;
  throw inputError(
    'newer_version',
    `${what} was written by a newer Terrarium: it is of version ${version}, and this Terrarium reads version ${known}.`,
    'Update Terrarium, or use the one that wrote it.',
    { path: 'version', version, known },
  );
}
