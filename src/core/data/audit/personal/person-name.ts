import type { AuditColumn } from '../audit-column.ts';
import type { Finding } from '../finding.ts';
import { headerText } from '../../header-words.ts';
import { familyNames, givenNames } from './given-names.ts';
import type { PersonalDetector } from './personal-detector.ts';
import { matchesOf, personalFinding } from './personal-kind.ts';

/** A column of this name holds nothing else, whatever its values. */
const SURE =
  /(?:^| )(?:(?:first|last|full|sur|given|family|middle|maiden|christian|fore|birth|nick) ?names?|names? (?:first|last|full|given|family|middle)|f ?name|l ?name|surname|forename|vorname|nachname|familienname|zuname|prenoms?|nom de famille|nom complet|apellidos?|primer apellido|nombre completo|nombres|cognome|sobrenome|nome completo|voornaam|achternaam|imie|nazwisko|imie i nazwisko|fornamn|efternamn|fornavn|etternavn|efternavn|etunimi|sukunimi|фио|имя|фамилия|отчество|姓名|氏名|名前|(?:patient|customer|client|employee|user|student|teacher|doctor|physician|person|contact|member|guest|passenger|applicant|borrower|owner|driver|author|cardholder|account holder|respondent|participant)s? ?(?:full )?name)(?: |$)/;
/** It may hold names of people, or of anything else. */
const POSSIBLE =
  /(?:^| )(?:names?|nom|nombre|nome|naam|namn|navn|nimi|nazwa|contact|person|people|patient|passenger|customer|client|employee|author|owner|staff|manager|doctor|guest|actor|director|player|titular|inhaber|kunde|mitarbeiter|ansprechpartner|responsable)(?: |$)/;
/** Shares of values that must be names: of which kind of column. */
const SURE_SHARE = 0.5;
const POSSIBLE_SHARE = 0.25;
const ANY_SHARE = 0.6;
const MIN_DISTINCT = 8;
const TITLE =
  /^(?:mr|mrs|ms|miss|dr|prof|sir|herr|frau|mme|mlle|m|sr|sra|srta|sig|dott|mag|ing)\.? /i;
/** In front of a name, or behind the comma: `Braund, Mr. Owen Harris`. Where one stands, a person is meant. */
const COURTESY =
  /(?:^|, ?)(?:mr|mrs|ms|miss|master|mme|mlle|herr|frau|sra|srta|rev)\.? (?=[\p{Lu}(])/iu;
/** Another name of the same person: `(Florence Briggs Thayer)`, `"Annie"`. */
const ASIDE = / ?(?:\([^()]*\)|"[^"]*"|“[^“”]*”)/g;
const WORDS = /^[\p{L}][\p{L}'’.-]*(?:,? [\p{L}][\p{L}'’.-]*){0,4}$/u;
const PARTS = /[\s,.\-'’]+/;

/** Names of persons: by the column's name, by frequent names in it, or by both. */
export const personNames: PersonalDetector = {
  codes: ['personal_name'],
  async detect({ columns, breather, salt }) {
    const findings: Finding[] = [];
    for (const column of columns) {
      await breather.breathe();
      if (column.kind !== 'texts' || column.isTarget || column.values.texts.length === 0) continue;
      const found = findingFor(column, salt);
      if (found !== null) findings.push(found);
    }
    return findings;
  },
};

function findingFor(column: AuditColumn, salt: string): Finding | null {
  const header = headerText(column.name);
  const { present } = column;
  if (SURE.test(header)) {
    const words = matchesOf(column, (text) => WORDS.test(text));
    if (words.count < SURE_SHARE * present) return null;
    return personalFinding(column, words, 'personal_name', 'names of persons', salt);
  }
  if (column.values.texts.length < MIN_DISTINCT) return null;
  const named = matchesOf(column, isPersonName);
  const isPossible = POSSIBLE.test(header);
  if (named.count < (isPossible ? POSSIBLE_SHARE : ANY_SHARE) * present) return null;
  return personalFinding(column, named, 'personal_name', 'names of persons', salt);
}

/** One to five words, of which a frequent given name comes first or after the comma, or a family name alone or with initials. */
function isPersonName(text: string): boolean {
  const plain = text.replaceAll(ASIDE, '').replace(TITLE, '').trim();
  if (plain.length > 60 || !WORDS.test(plain)) return false;
  if (COURTESY.test(text)) return true;
  const parts = folded(plain)
    .split(PARTS)
    .filter((part) => part !== '');
  const [first = '', second = ''] = parts;
  if (parts.length === 1) return givenNames.has(first) || familyNames.has(first);
  if (plain.includes(','))
    return (
      givenNames.has(parts[plain.slice(0, plain.indexOf(',')).trim().split(PARTS).length] ?? '') ||
      familyNames.has(first)
    );
  return (
    givenNames.has(first) ||
    (first.length === 1 && familyNames.has(second)) ||
    (familyNames.has(first) && (givenNames.has(second) || areInitials(parts.slice(1))))
  );
}

/** `Tanaka B.` */
function areInitials(parts: readonly string[]): boolean {
  return parts.every(({ length }) => length === 1);
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll(/[łŁ]/g, 'l')
    .replaceAll(/[øØ]/g, 'o')
    .replaceAll('ß', 'ss')
    .toLowerCase();
}
