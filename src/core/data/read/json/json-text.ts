import { inputError, type TerrariumError } from '#core/errors.ts';

/** Deeper than any table nests, and far from where a stack ends. */
const MAX_DEPTH = 100;

/** From the space on, but for the quote and the backslash. */
const PLAIN = /[ !\x23-[\]-\uffff]*/y;
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const STRING_OR_SPACE = /"[^"\\]*(?:\\.[^"\\]*)*"|[ \t\n\r]+/g;

/**
 * Walks over JSON (RFC 8259) without making values of it: numbers stay the texts they are, so that none
 * loses a digit. Every error says row and line.
 */
export class JsonText {
  readonly #text: string;
  readonly #firstLine: number;
  /** Where the next character is read. */
  at = 0;
  /** Number of the row that is read, from 1; 0 outside rows. */
  row = 0;

  constructor(text: string, firstLine = 1) {
    this.#text = text;
    this.#firstLine = firstLine;
  }

  /** The next character that is no white space, not taken; the empty text at the end. */
  peek(): string {
    SPACE.lastIndex = this.at;
    SPACE.test(this.#text);
    this.at = SPACE.lastIndex;
    return this.#text.charAt(this.at);
  }

  /** Takes a character if it comes next. */
  takes(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at += 1;
    return true;
  }

  /** Calls back at every key of an object, whose value is to be taken. */
  eachEntry(depth: number, entry: (key: string) => void): void {
    this.#refuseDepth(depth);
    this.#expect('{', 'an object');
    if (this.takes('}')) return;
    do {
      if (this.peek() !== '"') throw this.fault('a key in double quotes should follow');
      const key = this.string();
      this.#expect(':', 'a colon after the key');
      entry(key);
    } while (this.takes(','));
    this.#expect('}', 'a comma or the end of an object');
  }

  /** Calls back at every value of an array, which is to be taken. */
  eachItem(depth: number, item: () => void): void {
    this.#refuseDepth(depth);
    this.#expect('[', 'an array');
    if (this.takes(']')) return;
    do item();
    while (this.takes(','));
    this.#expect(']', 'a comma or the end of an array');
  }

  string(): string {
    const from = this.at + 1;
    for (let at = from; ;) {
      PLAIN.lastIndex = at;
      PLAIN.test(this.#text);
      at = PLAIN.lastIndex;
      const stop = this.#text.charAt(at);
      if (stop === '"') {
        this.at = at + 1;
        const raw = this.#text.slice(from, at);
        return raw.includes('\\') ? this.#unescaped(raw) : raw;
      }
      if (stop === '') throw this.fault('a text never closes');
      if (stop !== '\\') throw this.fault('a text holds a line end or another control character');
      at += 2;
    }
  }

  /** A number, `true`, `false` or `null`, as it is written. */
  literal(): string {
    NUMBER.lastIndex = this.at;
    if (NUMBER.test(this.#text)) return this.#taken(NUMBER.lastIndex);
    for (const word of ['true', 'false', 'null']) {
      if (this.#text.startsWith(word, this.at)) return this.#taken(this.at + word.length);
    }
    throw this.#noValue();
  }

  /** Takes a value of any kind. @returns its JSON, without white space between its parts */
  raw(depth: number): string {
    const from = this.at;
    this.skip(depth);
    const text = this.#text.slice(from, this.at);
    return /\s/.test(text)
      ? text.replaceAll(STRING_OR_SPACE, (part) => (part.startsWith('"') ? part : ''))
      : text;
  }

  skip(depth: number): void {
    const next = this.peek();
    if (next === '{') this.eachEntry(depth, () => this.skip(depth + 1));
    else if (next === '[') this.eachItem(depth, () => this.skip(depth + 1));
    else if (next === '"') this.string();
    else this.literal();
  }

  /** What kind of value comes next, for sentences. */
  kind(): string {
    const next = this.peek();
    const kinds: Readonly<Record<string, string>> = {
      '{': 'an object',
      '[': 'an array',
      '"': 'a text',
      t: 'true',
      f: 'false',
      n: 'null',
      '': 'nothing',
    };
    return kinds[next] ?? (/[-0-9]/.test(next) ? 'a number' : `“${next}”`);
  }

  fault(reason: string, code = 'json_malformed', hint = HINT): TerrariumError {
    const line = this.#firstLine + (this.#text.slice(0, this.at).match(/\n/g)?.length ?? 0);
    const place = this.row === 0 ? `Line ${line}` : `Row ${this.row} (line ${line})`;
    return inputError(code, `${place}: ${reason}.`, hint, {
      line,
      ...(this.row === 0 ? {} : { row: this.row }),
    });
  }

  #taken(to: number): string {
    const text = this.#text.slice(this.at, to);
    this.at = to;
    return text;
  }

  #expect(character: string, what: string): void {
    if (this.takes(character)) return;
    const found = this.at >= this.#text.length ? 'the text ends' : `there is ${this.kind()}`;
    throw this.fault(`${found} where ${what} should be`);
  }

  #unescaped(raw: string): string {
    let text: string;
    try {
      text = JSON.parse(`"${raw}"`) as string;
    } catch {
      throw this.fault('a text holds a backslash that begins no JSON escape');
    }
    if (/\p{Surrogate}/u.test(text))
      throw this.fault('a text holds half a character (\\ud800 to \\udfff)');
    return text;
  }

  #noValue(): Error {
    if (this.at >= this.#text.length) return this.fault('the text ends where a value should be');
    const word = /^[\w+.-]{1,20}/.exec(this.#text.slice(this.at, this.at + 20))?.[0];
    const named = word === undefined ? this.kind() : `“${word}”`;
    return this.fault(`${named} is no JSON value; a missing value is written null`);
  }

  #refuseDepth(depth: number): void {
    if (depth > MAX_DEPTH) {
      throw this.fault(`values are nested more than ${MAX_DEPTH} deep`, 'json_too_deep');
    }
  }
}

const HINT = 'Check how the file was written; a JSON library of any language writes it right.';
