import type { AuditContext } from './context.ts';
import type { Finding, FindingCode } from './finding.ts';

/**
 * What looks for one kind of fault. One object in one file, one row in `registry.ts`. Thresholds stand as named
 * constants at the head of the file, each with its reason.
 */
export interface Detector {
  /** The codes that its findings have. */
  readonly codes: readonly FindingCode[];
  /** Reads a table once or a few times, never pairs of rows. @throws TerrariumError of kind `cancelled` */
  detect(context: AuditContext): readonly Finding[] | Promise<readonly Finding[]>;
}
