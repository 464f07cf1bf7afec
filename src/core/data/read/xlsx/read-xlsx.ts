import { inputError } from '#core/errors.ts';
import type { Reader } from '../reader.ts';

/** Excel workbooks. What reads them is loaded with the first file of the kind. */
export const xlsxReader: Reader = {
  format: 'xlsx',
  recognizes: (head, name) =>
    (head[0] === 0x50 && head[1] === 0x4b && (/\.xls[xm]$/.test(name) || isWorkbook(head))) ||
    isOle(head),
  async read(file, settings) {
    if (isOle(file.head)) throw oldOrLocked(file.head);
    const { xlsxTable } = await import('./xlsx-table.ts');
    const { table, doubts, sheet, sheets } = await xlsxTable(await file.all(), file, settings);
    const header = settings.header ?? true;
    return { table, doubts, reading: { format: 'xlsx', header, sheet, sheets } };
  },
};

/** Whether one of the archive's first entries is a part that every workbook has. */
function isWorkbook(head: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(head.subarray(0, 4096));
  return text.includes('[Content_Types].xml') || text.includes('xl/workbook.xml');
}

/** What Office writes besides zip: old formats, and anything under a password. */
function isOle(head: Uint8Array): boolean {
  return head[0] === 0xd0 && head[1] === 0xcf && head[2] === 0x11 && head[3] === 0xe0;
}

function oldOrLocked(head: Uint8Array): Error {
  const text = new TextDecoder('utf-16le').decode(head.subarray(0, head.length & ~1));
  if (text.includes('EncryptedPackage') || text.includes('EncryptionInfo')) {
    return inputError(
      'xlsx_encrypted',
      'The workbook is protected by a password.',
      'Save it without a password: nothing leaves this machine.',
    );
  }
  return inputError(
    'xls_not_read',
    'The file is of the old Excel format (.xls) or another Office file from before 2007, which cannot be read.',
    'Open it in a spreadsheet program and save it as .xlsx or CSV.',
  );
}
