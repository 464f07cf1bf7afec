import type { Compressors, FileMetaData } from 'hyparquet';

/** How pages may be compressed, apart from not at all. */
const KNOWN: ReadonlySet<string> = new Set(['SNAPPY', 'GZIP', 'BROTLI', 'ZSTD', 'LZ4', 'LZ4_RAW']);

/** What most files use, which has a kernel. */
const COMMON: ReadonlySet<string> = new Set(['UNCOMPRESSED', 'SNAPPY']);

export function isKnownCodec(name: string): boolean {
  return name === 'UNCOMPRESSED' || KNOWN.has(name);
}

/** What unpacks a file's pages. The decoders of rare methods are large, and loaded with the first file that needs them. */
export async function codecsFor({ row_groups: groups }: FileMetaData): Promise<Compressors> {
  const used = groups.flatMap(({ columns }) => columns.map(({ meta_data: one }) => one?.codec));
  if (used.every((codec) => codec === undefined || COMMON.has(codec))) return {};
  const { compressors, decompressZstd } = await import('hyparquet-compressors');
  return {
    ...compressors,
    // Told the length, it asks for no more memory than that.
    ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)),
  };
}
