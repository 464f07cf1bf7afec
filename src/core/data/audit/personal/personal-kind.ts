import type { AuditColumn } from '../audit-column.ts';
import type { Finding, FindingCode, Severity } from '../finding.ts';
import { headerText } from '../../header-words.ts';
import { counted, firstRows, percent } from '../wording.ts';
import { decisionRemedies } from './decision-remedies.ts';
import type { PersonalDetector } from './personal-detector.ts';

/** A kind of personal data that values show by their form. */
export interface PersonalKind {
  readonly code: FindingCode;
  /** For example `e-mail addresses`. */
  readonly what: string;
  /** Whether a trimmed text is one, or holds one. */
  readonly matches: (text: string) => boolean;
  /** What a column of them may be called; on the words of a name, without accents, in lower case. */
  readonly header: RegExp | null;
  /** What a column of other things that look alike may be called. */
  readonly otherHeader?: RegExp;
  /** The least share of values that must match, of a column of any name, and of one with such a name. */
  readonly share: number;
  readonly shareWithHeader: number;
  /** Whether columns of whole numbers are looked at too: always those of 13 digits, or of 7 where the name says so. */
  readonly numbers: 'always' | 'by_name' | 'never';
}

/** A share that no column reaches. */
export const NEVER = Infinity;

/** One finding per column of that kind. Every distinct value is looked at. */
export function personalDetector(kind: PersonalKind): PersonalDetector {
  return {
    codes: [kind.code],
    async detect({ columns, breather, salt }) {
      const findings: Finding[] = [];
      for (const column of columns) {
        await breather.breathe();
        const isNamed = kind.header?.test(headerText(column.name)) === true;
        if (!isNamed && kind.otherHeader?.test(headerText(column.name)) === true) continue;
        if (!isLookedAt(column, kind, isNamed)) continue;
        const matched = matchesOf(column, kind.matches);
        const least = isNamed ? kind.shareWithHeader : kind.share;
        if (matched.count === 0 || matched.count < least * column.present) continue;
        findings.push(personalFinding(column, matched, kind.code, kind.what, salt));
      }
      return findings;
    },
  };
}

function isLookedAt(column: AuditColumn, kind: PersonalKind, isNamed: boolean): boolean {
  if (column.kind === 'texts') return column.schema.type !== 'image';
  if (column.kind !== 'numbers' || !column.schema.integer || kind.numbers === 'never') return false;
  return kind.numbers === 'always' ? column.reaches(1e12) : isNamed && column.reaches(1e6);
}

export interface Matched {
  readonly count: number;
  readonly isMatch: (row: number) => boolean;
}

/** The rows whose value matches. */
export function matchesOf(column: AuditColumn, matches: (text: string) => boolean): Matched {
  const { texts, counts, codes } = column.values;
  const flags = Uint8Array.from(texts, (text) => (matches(text) ? 1 : 0));
  const count = counts.reduce((sum, rows, code) => sum + (flags[code] === 1 ? rows : 0), 0);
  return { count, isMatch: (row) => flags[codes[row] ?? -1] === 1 };
}

/** A finding that asks for a decision, or says which was made. */
export function personalFinding(
  column: AuditColumn,
  { count, isMatch }: Matched,
  code: FindingCode,
  what: string,
  salt: string,
  severity: Severity = 'severe',
): Finding {
  const decision = column.settings.personal?.decision;
  const decided = decision === undefined ? '' : `; decided: ${decision}`;
  return {
    code,
    severity: decision === undefined ? severity : 'note',
    columns: [column.name],
    message: `Column "${column.name}" seems to hold ${what}: ${counted(count, 'value')} of ${counted(column.present, 'value')} (${percent(count, column.present)})${decided}.`,
    why: 'Personal data needs a reason to be used, and what a model or a report repeats can no longer be taken back.',
    count,
    rows: firstRows(column.cells.length, isMatch),
    remedies: decision === undefined ? decisionRemedies(column.name, salt) : [],
  };
}

/** Detectors of one kind of data from the surest to the least sure: of each column the first finding counts. */
export function inTurn(
  ...detectors: readonly [PersonalDetector, ...PersonalDetector[]]
): PersonalDetector {
  return {
    codes: detectors[0].codes,
    async detect(context) {
      const found: Finding[] = [];
      const known = new Set<string>();
      for (const detector of detectors) {
        for (const finding of await detector.detect(context)) {
          if (!finding.columns.some((name) => known.has(name))) found.push(finding);
        }
        for (const { columns } of found) for (const name of columns) known.add(name);
      }
      return found;
    },
  };
}
