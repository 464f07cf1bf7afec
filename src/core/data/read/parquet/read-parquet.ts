import { allBytes, type Reader } from '../reader.ts';

const MAGIC = [0x50, 0x41, 0x52];

/** Apache Parquet. Its decoders are loaded with the first file of the kind. */
export const parquetReader: Reader = {
  format: 'parquet',
  // PAR1, or PARE where it is encrypted.
  recognizes: (head) =>
    MAGIC.every((byte, i) => head[i] === byte) && (head[3] === 0x31 || head[3] === 0x45),
  async read(file) {
    const { parquetTable } = await import('./parquet-table.ts');
    const { table, doubts } = await parquetTable(await allBytes(file), file);
    return { table, doubts, reading: { format: 'parquet' } };
  },
};
