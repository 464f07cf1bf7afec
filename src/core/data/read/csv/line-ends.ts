/** Stands for a field that is quoted and empty, alone in its record: unlike a blank line, it is a row. */
export const QUOTED_EMPTY = '\0';

const CR = 13;
const LF = 10;
/** No character has this code: nothing is a quote. */
const NO_QUOTE = -1;

/**
 * Turns every line end outside quotes into \n, whatever mixture a file holds, and leaves quoted fields
 * untouched. Text arrives in pieces cut anywhere. A record that is nothing but `""` becomes `QUOTED_EMPTY`.
 */
export class LineEnds {
  readonly #delimiter: number;
  readonly #quote: string;
  readonly #quoteUnit: number;
  #quoted = false;
  #atFieldStart = true;
  #atRecordStart = true;
  /** A character whose meaning depends on the next one: a return, or a quote inside quotes. */
  #held = '';

  constructor(delimiter: string, quote = '"') {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#quote = quote;
    this.#quoteUnit = quote === '' ? NO_QUOTE : quote.charCodeAt(0);
  }

  push(piece: string, last: boolean): string {
    let text = this.#held + piece;
    this.#held = '';
    if (!last) {
      const keep = undecided(text, this.#quoteUnit);
      this.#held = text.slice(text.length - keep);
      text = text.slice(0, text.length - keep);
    }
    if (!this.#quoted && (this.#quote === '' || !text.includes(this.#quote))) {
      return this.#plain(text);
    }
    return this.#withQuotes(text);
  }

  #plain(text: string): string {
    if (text !== '') {
      const end = text.charCodeAt(text.length - 1);
      this.#atRecordStart = end === LF || end === CR;
      this.#atFieldStart = this.#atRecordStart || end === this.#delimiter;
    }
    return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  }

  #withQuotes(text: string): string {
    const quote = this.#quoteUnit;
    const parts: string[] = [];
    let from = 0;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      if (this.#quoted) {
        if (unit !== quote) continue;
        if (text.charCodeAt(i + 1) === quote) i += 1;
        else this.#quoted = false;
      } else if (unit === quote && this.#atFieldStart) {
        if (!this.#atRecordStart || !isEmptyRecord(text, i, quote)) this.#quoted = true;
        else {
          parts.push(text.slice(from, i), QUOTED_EMPTY);
          i += 1;
          from = i + 1;
        }
        this.#atFieldStart = false;
        this.#atRecordStart = false;
      } else if (unit === CR || unit === LF) {
        if (unit === CR) {
          parts.push(text.slice(from, i), '\n');
          if (text.charCodeAt(i + 1) === LF) i += 1;
          from = i + 1;
        }
        this.#atFieldStart = true;
        this.#atRecordStart = true;
      } else {
        this.#atFieldStart = unit === this.#delimiter;
        this.#atRecordStart = false;
      }
    }
    parts.push(text.slice(from));
    return parts.join('');
  }
}

/** Whether a record that begins here is an empty quoted field and nothing else. */
function isEmptyRecord(text: string, at: number, quote: number): boolean {
  if (text.charCodeAt(at + 1) !== quote) return false;
  const next = text.charCodeAt(at + 2);
  return at + 2 >= text.length || next === CR || next === LF;
}

/** How many characters at the end mean something only with what follows: quotes, then a return. */
function undecided(text: string, quote: number): number {
  let at = text.length;
  if (at > 0 && text.charCodeAt(at - 1) === CR) at -= 1;
  while (at > 0 && text.charCodeAt(at - 1) === quote) at -= 1;
  return text.length - at;
}
