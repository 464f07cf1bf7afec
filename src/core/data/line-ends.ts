/** Stands for a field that is quoted and empty, alone in its record: unlike a blank line, it is a row. */
export const QUOTED_EMPTY = '\0';

const CR = 13;
const LF = 10;
const QUOTE = 34;

/**
 * Turns every line end outside quotes into \n, whatever mixture a file holds, and leaves quoted fields
 * untouched. Text arrives in pieces cut anywhere. A record that is nothing but `""` becomes `QUOTED_EMPTY`.
 */
export class LineEnds {
  readonly #delimiter: string;
  #quoted = false;
  #atFieldStart = true;
  #atRecordStart = true;
  /** A character whose meaning depends on the next one: a return, or a quote inside quotes. */
  #held = '';

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  push(piece: string, last: boolean): string {
    let text = this.#held + piece;
    this.#held = '';
    if (!last) {
      const keep = undecided(text);
      this.#held = text.slice(text.length - keep);
      text = text.slice(0, text.length - keep);
    }
    if (!this.#quoted && !text.includes('"')) return this.#plain(text);
    return this.#withQuotes(text);
  }

  #plain(text: string): string {
    if (text !== '') {
      const end = text.at(-1);
      this.#atRecordStart = end === '\n' || end === '\r';
      this.#atFieldStart = this.#atRecordStart || end === this.#delimiter;
    }
    return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  }

  #withQuotes(text: string): string {
    const parts: string[] = [];
    let from = 0;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      if (this.#quoted) {
        if (unit !== QUOTE) continue;
        if (text.charCodeAt(i + 1) === QUOTE) i += 1;
        else this.#quoted = false;
      } else if (unit === QUOTE && this.#atFieldStart) {
        const empty = this.#atRecordStart ? /^""(?=\r|\n|$)/.exec(text.slice(i, i + 3)) : null;
        if (empty === null) this.#quoted = true;
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
        this.#atFieldStart = text[i] === this.#delimiter;
        this.#atRecordStart = false;
      }
    }
    parts.push(text.slice(from));
    return parts.join('');
  }
}

/** How many characters at the end mean something only with what follows: quotes, then a return. */
function undecided(text: string): number {
  let at = text.length;
  if (at > 0 && text.charCodeAt(at - 1) === CR) at -= 1;
  while (at > 0 && text.charCodeAt(at - 1) === QUOTE) at -= 1;
  return text.length - at;
}
