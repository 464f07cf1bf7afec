import { Parser } from 'saxen';
import { inputError } from '#core/errors.ts';

/** What to do at the tags and texts of a document; names come without their prefix. */
export interface XmlHearing {
  open?(name: string, attributes: () => Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/**
 * Reads XML as it comes, without entities of its own: a document that declares any is refused.
 * @param part names the document in errors
 */
export class XmlStream {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #parser = new Parser();
  readonly #part: string;
  #failed = false;

  constructor(part: string, hearing: XmlHearing) {
    this.#part = part;
    const parser = this.#parser;
    parser.on('error', () => (this.#failed = true));
    parser.on('warn', () => (this.#failed = true));
    parser.on('attention', (declaration) => {
      if (/^<!(DOCTYPE|ENTITY)/i.test(declaration)) this.#failed = true;
    });
    parser.on('openTag', (name, attributes, decode) =>
      hearing.open?.(local(name), () => decoded(attributes(), decode)),
    );
    parser.on('closeTag', (name) => hearing.close?.(local(name)));
    parser.on('text', (raw, decode) => hearing.text?.(raw.includes('&') ? decode(raw) : raw));
    parser.on('cdata', (text) => hearing.text?.(text));
  }

  write(bytes: Uint8Array): void {
    this.#parser.write(this.#decode(bytes, false));
    if (this.#failed) throw broken(this.#part);
  }

  end(): void {
    this.#parser.write(this.#decode(new Uint8Array(0), true)).end();
    if (this.#failed) throw broken(this.#part);
  }

  #decode(bytes: Uint8Array, last: boolean): string {
    try {
      return this.#decoder.decode(bytes, { stream: !last });
    } catch {
      throw broken(this.#part);
    }
  }
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function decoded(
  attributes: Record<string, string>,
  decode: (text: string) => string,
): Record<string, string> {
  for (const name in attributes) {
    const value = attributes[name] ?? '';
    if (value.includes('&')) attributes[name] = decode(value);
  }
  return attributes;
}

export function broken(part: string): Error {
  return inputError(
    'xlsx_damaged',
    `The workbook is damaged: its part ${part} is not what Excel writes.`,
    'Open it in a spreadsheet program and save it again as .xlsx.',
    { part },
  );
}
