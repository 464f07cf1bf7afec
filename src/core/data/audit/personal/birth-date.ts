import type { AuditColumn } from '../audit-column.ts';
import type { Finding } from '../finding.ts';
import { headerText } from '../../header-words.ts';
import { quantile } from '../quality/spikes.ts';
import type { PersonalDetector } from './personal-detector.ts';
import { matchesOf, personalFinding } from './personal-kind.ts';

const HEADER =
  /(?:^| )(?:dob|d o b|birth(?:s|day|date|year)?|dateofbirth|yob|born|bday|geb|geburt(?:s|sdatum|stag|sjahr)?|geboren|gebdat|gebdatum|geburtsdat|naissance|nacimiento|nascita|nascimento|geboorte(?:datum|jaar)?|fodelse(?:datum|dag)?|fodsels(?:dato|dag)?|fodt|syntymaaika|urodzenia|rozhdeniya|narozeni)(?: |$)/;
/** Names of other things that happen over decades. */
const OTHER =
  /(?:^| )(?:built|construction|founded|release|released|publish|published|publication|opened|invoice|order|sale|sold|event|issued|observation|measured|recorded|created|updated|death|hire|start|end|timestamp|time)(?: |$)/;
/** In other notations than the reader's too: two-digit years, 19850312. */
const DATE_LIKE = /^\d{1,4}[-/. ](?:\d{1,2}|\p{L}{3,9}\.?)[-/. ]\d{1,4}$|^(?:19|20)\d{6}$/u;
const MS_PER_YEAR = 365.2425 * 86_400_000;
const MIN_VALUES = 30;
const FIRST_YEAR = 1900;

/** Dates of birth: by the name of the column, or since its dates lie like the births of living people. */
export const birthDates: PersonalDetector = {
  codes: ['personal_birth_date'],
  detect: ({ columns, endOfToday, salt }) =>
    columns.flatMap((column): Finding[] => {
      const name = headerText(column.name);
      const isNamed = HEADER.test(name);
      if (column.kind === 'numbers') {
        return isNamed && (areYears(column, endOfToday) || areDays(column))
          ? [found(column, 'years of birth', salt, 'severe')]
          : [];
      }
      if (column.kind === 'texts' && isNamed && column.present > 0) {
        const dates = matchesOf(column, (text) => DATE_LIKE.test(text));
        return dates.count >= 0.5 * column.present
          ? [personalFinding(column, dates, 'personal_birth_date', 'dates of birth', salt)]
          : [];
      }
      if (column.kind !== 'times') return [];
      if (isNamed && column.present > 0) return [found(column, 'dates of birth', salt, 'severe')];
      if (isNamed || OTHER.test(name) || !lieLikeBirths(column, endOfToday)) return [];
      return [found(column, 'dates that lie like dates of birth', salt, 'warning')];
    }),
};

function found(
  column: AuditColumn,
  what: string,
  salt: string,
  severity: 'severe' | 'warning',
): Finding {
  const matched = { count: column.present, isMatch: (row: number) => !column.isMissing(row) };
  return personalFinding(column, matched, 'personal_birth_date', what, salt, severity);
}

function areYears({ sorted, schema }: AuditColumn, today: number): boolean {
  const thisYear = new Date(today).getUTCFullYear();
  return (
    schema.integer && quantile(sorted, 0.05) >= FIRST_YEAR && quantile(sorted, 0.95) <= thisYear
  );
}

/** Dates as numbers of eight digits: 19850312. */
function areDays({ sorted }: AuditColumn): boolean {
  return (sorted[0] ?? 0) >= 19_000_101 && (sorted.at(-1) ?? 0) <= 21_001_231;
}

/** Days without a time, spread over 25 years and more, the middle one 15 to 80 years ago, mostly different. */
function lieLikeBirths(column: AuditColumn, today: number): boolean {
  const { sorted } = column;
  if (sorted.length < MIN_VALUES) return false;
  const age = (share: number): number => (today - quantile(sorted, share)) / MS_PER_YEAR;
  const [oldest, middle, youngest] = [age(0.05), age(0.5), age(0.95)];
  const areAges =
    oldest - youngest >= 25 && oldest <= 100 && youngest >= 0 && middle >= 15 && middle <= 80;
  if (!areAges) return false;
  // The distinct texts last: of a million times they take seconds.
  const { texts } = column.values;
  return texts.length >= 0.5 * sorted.length && texts.every((text) => text.length <= 10);
}
