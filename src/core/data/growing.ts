/** Up to this many bytes are copied faster one by one. */
const SHORT = 24;

/** Bytes that are added to, in one piece. */
export class GrowingBytes {
  #bytes: Uint8Array;
  length = 0;

  /** @param sizeHint how many there will be, where that is known */
  constructor(sizeHint: number) {
    this.#bytes = new Uint8Array(Math.max(1024, sizeHint + 1));
  }

  /** The bytes, with unused ones behind `length`; another array once it has grown. */
  get all(): Uint8Array {
    return this.#bytes;
  }

  append(piece: Uint8Array): void {
    this.#reserve(piece.length);
    this.#bytes.set(piece, this.length);
    this.length += piece.length;
  }

  /** As three pieces: a byte, a text that is short as a rule, and two bytes. */
  appendCell(before: number, text: Uint8Array, behind: number, end: number): void {
    const { length } = text;
    this.#reserve(length + 3);
    const bytes = this.#bytes;
    let at = this.length;
    bytes[at] = before;
    at += 1;
    if (length > SHORT) bytes.set(text, at);
    else for (let i = 0; i < length; i += 1) bytes[at + i] = text[i] ?? 0;
    at += length;
    bytes[at] = behind;
    bytes[at + 1] = end;
    this.length = at + 2;
  }

  #reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, Math.ceil(this.#bytes.length * 1.6)));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}

/** Offsets that are added to. */
export class GrowingOffsets {
  #offsets = new Uint32Array(1024);
  length = 0;

  push(offset: number): void {
    if (this.length === this.#offsets.length) {
      const larger = new Uint32Array(Math.ceil(this.#offsets.length * 1.6));
      larger.set(this.#offsets);
      this.#offsets = larger;
    }
    this.#offsets[this.length] = offset;
    this.length += 1;
  }

  truncate(length: number): void {
    this.length = length;
  }

  finish(): Uint32Array {
    return this.#offsets.subarray(0, this.length);
  }
}
