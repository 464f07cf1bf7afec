import type { Detector } from '../detector.ts';
import type { Finding } from '../finding.ts';
import { counted, firstRows, leaveOut, percent, shortened } from '../wording.ts';
import { garbling } from './garbled-text.ts';

export const brokenEncoding: Detector = {
  codes: ['broken_encoding'],
  detect: ({ columns }) =>
    columns.flatMap((column) => {
      const { name } = column;
      const inName = garbling(name);
      const findings: Finding[] =
        inName === null
          ? []
          : [
              {
                ...finding(name, `The column's name "${shortened(name)}" holds ${inName}.`, 1, []),
                remedies: column.isInput ? leaveOut(name) : [],
              },
            ];
      if (column.kind !== 'texts' || column.schema.dtype !== 'string' || column.isDropped)
        return findings;
      const { texts, counts, codes } = column.values;
      const kinds = texts.map(garbling);
      const bad = [...texts.keys()].filter((code) => kinds[code] !== null);
      const [first] = bad;
      if (first === undefined) return findings;
      const count = bad.reduce((sum, code) => sum + (counts[code] ?? 0), 0);
      const isBad = new Set(bad);
      const message = `Column "${name}" holds ${kinds[first] ?? ''} in ${counted(count, 'row')} (${percent(count, column.present)}), for example "${shortened(texts[first] ?? '')}".`;
      const rows = firstRows(codes.length, (row) => isBad.has(codes[row] ?? -1));
      const remedies = column.isInput ? leaveOut(name) : [];
      return [...findings, { ...finding(name, message, count, rows), remedies }];
    }),
};

function finding(name: string, message: string, count: number, rows: number[]): Finding {
  return {
    code: 'broken_encoding',
    severity: 'warning',
    columns: [name],
    message,
    why: 'The file went through a program that took it for another encoding, so one word may stand in it in two ways; import the original with the right encoding.',
    count,
    rows,
    remedies: [],
  };
}
