/** Up to this many bytes are copied faster one by one. */
const SHORT = 24;

/** Bytes that are added to, in one piece. */
export class GrowingBytes {
  #bytes: Uint8Array<ArrayBuffer>;
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

  appendByte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.length] = byte;
    this.length += 1;
  }

  /** Bytes `from` to `to` of others. */
  appendPart(others: Uint8Array, from: number, to: number): void {
    this.#reserve(to - from);
    if (to - from > SHORT) this.#bytes.set(others.subarray(from, to), this.length);
    else {
      const shift = this.length - from;
      for (let i = from; i < to; i += 1) this.#bytes[i + shift] = others[i] ?? 0;
    }
    this.length += to - from;
  }

  #reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, Math.ceil(this.#bytes.length * 1.6)));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }
}

/** Offsets that are added to. */
export class GrowingOffsets {
  #offsets = new Uint32Array(1024);
  length = 0;

  /** The offsets, with unused ones behind `length`; another array once it has grown. */
  get all(): Uint32Array {
    return this.#offsets;
  }

  get capacity(): number {
    return this.#offsets.length;
  }

  /** Makes room for so many in all. What is not used takes no memory: only its addresses are set aside. */
  reserve(total: number): void {
    if (total <= this.#offsets.length) return;
    const larger = new Uint32Array(total);
    larger.set(this.#offsets.subarray(0, this.length));
    this.#offsets = larger;
  }

  push(offset: number): void {
    if (this.length === this.#offsets.length) this.reserve(Math.ceil(this.length * 1.6));
    this.#offsets[this.length] = offset;
    this.length += 1;
  }

  append(others: Uint32Array): void {
    const { length } = this;
    this.#lengthen(others.length);
    this.#offsets.set(others, length);
  }

  /** Adds others from index `from` up to `to`, each larger by so much. */
  pushShifted(others: Uint32Array, shift: number, from: number, to: number): void {
    const behind = this.length - from;
    this.#lengthen(to - from);
    const offsets = this.#offsets;
    for (let i = from; i < to; i += 1) offsets[i + behind] = (others[i] ?? 0) + shift;
  }

  #lengthen(more: number): void {
    const length = this.length + more;
    if (length > this.#offsets.length) this.reserve(Math.ceil(length * 1.6));
    this.length = length;
  }

  at(i: number): number {
    return this.#offsets[i] ?? 0;
  }

  truncate(length: number): void {
    this.length = length;
  }

  finish(): Uint32Array {
    return this.#offsets.subarray(0, this.length);
  }
}
