/** What a zip says of one stored entry (PKWARE's APPNOTE 6.3, sections 4.3.7 and 4.3.12). */
export interface StoredEntry {
  /** UTF-8 of the name. */
  readonly name: Uint8Array;
  readonly size: number;
  readonly crc: number;
  /** Where its local header stands. */
  readonly at: number;
}

const VERSION = 20;
const UNIX = 3;
/** The name is UTF-8. */
const FLAGS = 1 << 11;
/** 1 January 1980, the first day that a zip can name. */
const DATE = (1 << 5) | 1;

/** What stands before an entry's bytes. */
export function localHeader(entry: StoredEntry): Uint8Array<ArrayBuffer> {
  return record(30, entry.name, (view) => {
    view.setUint32(0, 0x04034b50, true);
    view.setUint16(4, VERSION, true);
    setFacts(view, 6, entry);
  });
}

/** What the directory at the end of the archive says of an entry. */
export function directoryEntry(entry: StoredEntry): Uint8Array<ArrayBuffer> {
  return record(46, entry.name, (view) => {
    view.setUint32(0, 0x02014b50, true);
    view.setUint16(4, (UNIX << 8) | VERSION, true);
    view.setUint16(6, VERSION, true);
    setFacts(view, 8, entry);
    view.setUint32(42, entry.at, true);
  });
}

/** The last bytes of the archive: how many entries there are, and where the directory stands. */
export function endRecord(count: number, at: number, size: number): Uint8Array<ArrayBuffer> {
  return record(22, new Uint8Array(0), (view) => {
    view.setUint32(0, 0x06054b50, true);
    view.setUint16(8, count, true);
    view.setUint16(10, count, true);
    view.setUint32(12, size, true);
    view.setUint32(16, at, true);
  });
}

/** The run of fields that both headers have: flags, method 0, time, checksum, both sizes, the name's length. */
function setFacts(view: DataView, from: number, { name, size, crc }: StoredEntry): void {
  view.setUint16(from, FLAGS, true);
  view.setUint16(from + 6, DATE, true);
  view.setUint32(from + 8, crc, true);
  view.setUint32(from + 12, size, true);
  view.setUint32(from + 16, size, true);
  view.setUint16(from + 20, name.length, true);
}

function record(
  length: number,
  name: Uint8Array,
  fill: (view: DataView) => void,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length + name.length);
  fill(new DataView(bytes.buffer));
  bytes.set(name, length);
  return bytes;
}
