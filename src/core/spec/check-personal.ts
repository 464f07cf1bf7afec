import { refuse } from './refuse.ts';
import type { Spec } from './spec.ts';

/**
 * What each decision about personal data needs: `keep` a reason, a name and a date, `hash` a salt. A target can only be
 * kept: it must be read to be learned.
 */
export function checkPersonal(spec: Spec): void {
  for (const [name, { personal, fold, type }] of Object.entries(spec.columns)) {
    const path = `columns.${name}`;
    if (fold === true && (type === 'numeric' || type === 'integer' || type === 'datetime')) {
      throw refuse(`${path}.fold`, `is for texts, and the column's type is ${type}`, 'Remove it.');
    }
    if (personal === undefined) continue;
    const { decision } = personal;
    if (decision === 'keep') {
      const absent = (['reason', 'by', 'at'] as const).find(
        (field) => personal[field] === undefined,
      );
      if (absent !== undefined) {
        throw refuse(
          `${path}.personal.${absent}`,
          'is missing, and personal data is kept only with a justification',
          'Say why it is needed (reason), who decided it (by) and when (at); the model card repeats it.',
        );
      }
    }
    if (decision === 'hash' && personal.salt === undefined) {
      throw refuse(
        `${path}.personal.salt`,
        'is missing, and without one hashes of names or numbers can be looked up',
        'Give at least 16 random characters.',
      );
    }
    if (name === spec.target && decision !== 'keep') {
      throw refuse(
        `${path}.personal.decision`,
        `is ${decision}, and the column is the target`,
        'Keep it with a justification, or choose another target.',
      );
    }
  }
}
