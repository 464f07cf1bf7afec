import type { AuditColumn } from '../audit-column.ts';
import type { AuditContext } from '../context.ts';
import { mainWords } from '../../header-words.ts';

/** Who or what rows are about, in several languages. */
const entityWords = new Set([
  ...['patient', 'customer', 'user', 'subject', 'client', 'member', 'account', 'person', 'student', 'employee', 'worker'],
  ...['participant', 'respondent', 'household', 'family', 'individual', 'session', 'device', 'machine', 'sensor', 'engine'],
  ...['unit', 'vehicle', 'driver', 'store', 'shop', 'merchant', 'seller', 'buyer', 'vendor', 'supplier', 'hospital', 'clinic'],
  ...['doctor', 'physician', 'school', 'teacher', 'author', 'speaker', 'writer', 'player', 'athlete', 'borrower', 'tenant'],
  ...['company', 'firm', 'group', 'site', 'plot', 'animal', 'specimen', 'sample', 'batch', 'lot', 'episode', 'visit', 'entity', 'email', 'mail'],
  ...['kunde', 'kunden', 'patienten', 'nutzer', 'versuchsperson', 'proband', 'geraet', 'gerat', 'maschine', 'schueler', 'schuler'],
  ...['utilisateur', 'eleve', 'paciente', 'cliente', 'usuario', 'alumno', 'maquina', 'paziente', 'utente', 'macchina', 'klant'],
]); // prettier-ignore
/** Of them, those that also name what is taught, bands of ages and kinds of measurement, which are categories. */
const alsoKinds = new Set(['subject', 'group', 'unit', 'sample', 'session']);
/** What an entity is called that has no name of its own: S01, sub-7, 1042. */
const NUMBERED_ENTITY = /^\p{L}*[\s_#.-]*\d+\p{L}?$/u;
/** What makes a name of the word before it. */
const NUMBERED =
  /(?:nummer|number|numero|num|nr|no|id|code|kennung|kennzeichen|schluessel|schlussel)$/;
const MIN_ENTITIES = 5;
/** Codes without such a name are entities where each has few rows; else they are categories. */
const MIN_UNNAMED = 10;
const MAX_ROWS_UNNAMED = 100;
/** One entity in more rows than this is a category, as a country is. */
const LARGEST_SHARE = 0.3;
/** Rows whose entity has others: fewer, and entities are rows. */
const REPEATED_SHARE = 0.2;

/** Columns that say whom or what a row is about, where many rows are about the same. */
export function entityColumns({ columns, identifiers }: AuditContext): readonly AuditColumn[] {
  return columns.filter((column) => {
    if (column.isTarget || column.kind === 'times' || column.kind === 'empty') return false;
    if (column.kind === 'numbers' && !column.schema.integer) return false;
    const isNamed = isNamedEntity(column.name) && !isKind(column);
    const isRepeatedId = identifiers.get(column.name)?.kind === 'repeated';
    // A count of members is a number too: what names entities by numbers says so, or is hardly ever in order of size.
    const isNamedNumber =
      column.kind === 'numbers' && isNamed && mainWords(column.name).length === 1;
    if (!isRepeatedId && !(isNamed && column.kind === 'texts') && !isNamedNumber) return false;
    const isCertain = isNamed || column.kind === 'numbers';
    const { counts } = column.values;
    const areMany =
      counts.length >= MIN_UNNAMED && column.present <= MAX_ROWS_UNNAMED * counts.length;
    return (isCertain || areMany) && areRepeated(column);
  });
}

/** Whether a name speaks of a person or thing, or says that it is an identifier. */
export function isNamedEntity(name: string): boolean {
  const words = mainWords(name);
  return words.some((word) => entityWords.has(stemOf(word))) || words.at(-1) === 'id';
}

/** Whether a column whose name may mean categories has values that are no numbers or codes of entities. */
function isKind({ name, values: { texts } }: AuditColumn): boolean {
  const named = mainWords(name).filter((word) => entityWords.has(stemOf(word)));
  const numbered = texts.filter((text) => NUMBERED_ENTITY.test(text)).length;
  return (
    named.length > 0 && named.every((word) => alsoKinds.has(word)) && 2 * numbered < texts.length
  );
}

/** `Kundennummer`, `userid` and `patientnr` are names of a customer, a user and a patient. */
function stemOf(word: string): string {
  return entityWords.has(word) ? word : word.replace(NUMBERED, '');
}

function areRepeated(column: AuditColumn): boolean {
  const { counts } = column.values;
  let repeated = 0;
  let largest = 0;
  for (const count of counts) {
    if (count > 1) repeated += count;
    largest = Math.max(largest, count);
  }
  return (
    counts.length >= MIN_ENTITIES &&
    largest <= LARGEST_SHARE * column.present &&
    repeated >= REPEATED_SHARE * column.present
  );
}
