import type { Reader } from '../reader.ts';
import { parquetTable, startTools } from './parquet-table.ts';

const MAGIC = [0x50, 0x41, 0x52];

/** Apache Parquet. */
export const parquetReader: Reader = {
  format: 'parquet',
  // PAR1, or PARE where it is encrypted.
  recognizes: (head) =>
    MAGIC.every((byte, i) => head[i] === byte) && (head[3] === 0x31 || head[3] === 0x45),
  async read(file) {
    const [tools, bytes] = await Promise.all([startTools(), file.all()]);
    const { table, doubts } = await parquetTable(bytes, file, tools);
    return { table, doubts, reading: { format: 'parquet' } };
  },
};
