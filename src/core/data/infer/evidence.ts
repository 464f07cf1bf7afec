import type { Cells } from '../cells.ts';
import { trimmed } from '../normalize.ts';
import type { Doubt } from '../table.ts';
import type { Tally } from './tally.ts';

const EXAMPLE_ROWS = 3;
const SHOWN_CHARACTERS = 20;

export interface Exceptions {
  /** For example: `3 of 344 values are not numbers: row 18 ("abc"), row 90 ("x"), row 120 ("12 kg")`. */
  readonly evidence: string;
  /** Share of the values that are no exceptions. */
  readonly share: number;
  /** Distinct texts that are. */
  readonly distinct: number;
}

/** The values that a column of another kind would not have, with the first rows that hold them. */
export function exceptions(
  cells: Cells,
  counted: Tally,
  tokens: ReadonlySet<string>,
  isOne: (text: string) => boolean,
  what: string,
): Exceptions {
  let bad = 0;
  let distinct = 0;
  for (const { text, count } of counted.entries()) {
    if (!isOne(text)) continue;
    bad += count;
    distinct += 1;
  }
  const examples: string[] = [];
  for (let row = 0; row < cells.length && examples.length < EXAMPLE_ROWS; row += 1) {
    const text = trimmed(cells.at(row));
    if (!tokens.has(text) && isOne(text)) {
      examples.push(`row ${row + 1} ("${shortened(text)}")`);
    }
  }
  const present = cells.length - counted.missing;
  const more = bad > examples.length ? ' and more' : '';
  return {
    evidence: `${grouped(bad)} of ${grouped(present)} values are not ${what}: ${examples.join(', ')}${more}`,
    share: (present - bad) / present,
    distinct,
  };
}

export function missingDoubt(name: string, counted: Pick<Tally, 'missingTexts'>): Doubt[] {
  if (counted.missingTexts.size === 0) return [];
  const texts = [...counted.missingTexts].map(([text, count]) => `"${text}" ${times(count)}`);
  return [{ column: name, message: `${missingPrefix(name)}${texts.join(', ')}.` }];
}

/** What the doubt about a column's missing values begins with; the texts follow, and a point. */
export function missingPrefix(name: string): string {
  return `Column "${name}": read as missing: `;
}

export function times(count: number): string {
  return count === 1 ? 'once' : `${grouped(count)} times`;
}

/** `1,461` */
export function grouped(count: number): string {
  return count.toLocaleString('en');
}

export function shortened(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
