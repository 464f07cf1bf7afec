import type { AuditColumn } from '../audit-column.ts';
import type { Finding } from '../finding.ts';
import { headerText } from '../../header-words.ts';
import { nationalNumbers } from './national-numbers.ts';
import type { PersonalDetector } from './personal-detector.ts';
import { matchesOf, personalFinding, type Matched } from './personal-kind.ts';

/** What a column of them may be called. */
export const nationalIdHeader =
  /(?:^| )(?:ssn|nhs|sin|ahv|cpr|curp|social (?:security|insurance)(?: (?:no|nr|number|id))?|national (?:id|identity|identifier|insurance)(?: (?:no|nr|number))?|nino|ni number|nir|insee|securite sociale|dni|nie|nif|codice fiscale|cf|bsn|burgerservicenummer|pesel|cpf|person(?:nummer|nr)|personnummer|fodselsnummer|hetu|henkilotunnus|steuer ?(?:id|identifikationsnummer|nummer)|steuer|idnr|tin|tax ?(?:id|payer|number|no)|sofi|rijksregisternummer|sozialversicherungsnummer|svnr|identity(?: card)? (?:no|number)|id card|aadhaar|passport)(?: |$)/;
/** Names that leave no doubt, also where the numbers are of a country whose form is not known here, or are masked in part. */
const SURE =
  /(?:^| )(?:ssn|social (?:security|insurance) (?:no|nr|number|id)|national (?:id|identity|identifier|insurance)(?: (?:no|nr|number))?|nino|dni|nif|codice fiscale|bsn|burgerservicenummer|pesel|cpf|person(?:nummer|nr)|personnummer|fodselsnummer|hetu|henkilotunnus|steuer ?(?:id|identifikationsnummer)|rijksregisternummer|sozialversicherungsnummer|svnr|identity(?: card)? (?:no|number)|id card(?: (?:no|nr|number))?|aadhaar(?: (?:no|number))?|passport(?: (?:no|nr|number|id))?|nhs (?:no|nr|number|id)|tax id|driv(?:er|ers|ing) licen[cs]e(?: (?:no|number))?)$/;
const ID_LIKE = /^(?=(?:\D*\d){4})[\p{L}\d*][\p{L}\d\s.\-/*]{4,22}$/u;
/** Where half of the values of a column pass, some are typed wrong, and the others are none by chance. */
const SHARE = 0.5;
const SHARE_BY_NAME = 0.2;
/** One nine-digit number in ten passes by chance, twenty in twenty do not. */
const NEARLY_ALL = 0.97;
const MIN_VALUES = 20;
/** Forms that stand in prose as well. */
const IN_PROSE =
  /(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])|\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b|(?<!\d)\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)/;

/** National numbers of persons, by their check digits. */
export const nationalIds: PersonalDetector = {
  codes: ['personal_national_id'],
  async detect({ columns, breather, salt }) {
    const findings: Finding[] = [];
    for (const column of columns) {
      await breather.breathe();
      if (column.kind !== 'texts' && !(column.kind === 'numbers' && column.schema.integer))
        continue;
      const isSure = SURE.test(headerText(column.name));
      if (column.kind === 'numbers' && !column.reaches(isSure ? 1e6 : 1e8)) continue;
      const found = numbersIn(column) ?? (isSure ? byName(column) : null) ?? prose(column);
      if (found === null) continue;
      findings.push(
        personalFinding(column, found.matched, 'personal_national_id', found.what, salt),
      );
    }
    return findings;
  },
};

interface Found {
  readonly what: string;
  readonly matched: Matched;
}

/** The kind that most values are. */
function numbersIn(column: AuditColumn): Found | null {
  const isNamed = nationalIdHeader.test(headerText(column.name));
  let best: Found | null = null;
  for (const { title, matches, isTelling, needsName } of nationalNumbers) {
    if (needsName === true && !isNamed) continue;
    const least = isNamed ? SHARE_BY_NAME : isTelling ? SHARE : NEARLY_ALL;
    const matched = matchesOf(
      column,
      (text) => text.length > 8 && text.length < 24 && matches(text),
    );
    if (matched.count < least * column.present || matched.count === 0) continue;
    const isFew = column.values.texts.length < MIN_VALUES;
    if (!isNamed && isFew && !isTelling) continue;
    if (best === null || matched.count > best.matched.count) best = { what: title, matched };
  }
  return best;
}

/** What the column's name says, where the values do not speak against it. */
function byName(column: AuditColumn): Found | null {
  const matched = matchesOf(column, (text) => ID_LIKE.test(text));
  const isMost = matched.count > 0 && matched.count >= SHARE * column.present;
  return isMost ? { what: 'national identity numbers', matched } : null;
}

function prose(column: AuditColumn): Found | null {
  if (column.kind !== 'texts') return null;
  const matched = matchesOf(column, (text) => text.length > 11 && IN_PROSE.test(text));
  return matched.count === 0 ? null : { what: 'texts with national identity numbers', matched };
}
