import type { AuditContext } from '../context.ts';
import type { Detector } from '../detector.ts';
import type { Finding } from '../finding.ts';

/** What a detector of personal data looks at: columns one by one, and neither target nor split. */
type PersonalContext = Pick<AuditContext, 'columns' | 'breather' | 'salt' | 'endOfToday'>;

/** A detector that a run can ask too, about the columns that it would use. */
export interface PersonalDetector extends Detector {
  detect(context: PersonalContext): readonly Finding[] | Promise<readonly Finding[]>;
}
