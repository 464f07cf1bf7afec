import type { Reader } from '../reader.ts';

const MAGIC = [0x50, 0x41, 0x52];

/** Loaded with the first file of the kind, while its bytes are read. */
async function decoders() {
  const { parquetTable, startTools } = await import('./parquet-table.ts');
  return { parquetTable, tools: await startTools() };
}

/** Apache Parquet. */
export const parquetReader: Reader = {
  format: 'parquet',
  // PAR1, or PARE where it is encrypted.
  recognizes: (head) =>
    MAGIC.every((byte, i) => head[i] === byte) && (head[3] === 0x31 || head[3] === 0x45),
  async read(file) {
    const [{ parquetTable, tools }, bytes] = await Promise.all([decoders(), file.all()]);
    const { table, doubts } = await parquetTable(bytes, file, tools);
    return { table, doubts, reading: { format: 'parquet' } };
  },
};
