import { inputError } from '#core/errors.ts';
import type { ZipArchive } from '../zip/zip-archive.ts';
import { dateFormat, type DateFormat } from './cell-dates.ts';
import { broken, XmlStream, type XmlHearing } from './xml.ts';

export interface Sheet {
  readonly name: string;
  /** Its part of the archive. */
  readonly part: string;
  /** A spreadsheet program does not show it. */
  readonly isHidden: boolean;
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly sharedStrings: readonly string[];
  /** What each cell style shows of a number. */
  readonly styles: readonly DateFormat[];
  readonly is1904: boolean;
}

/** Reads all of a workbook but its sheets. @throws TerrariumError where a part is missing or damaged */
export function openWorkbook(archive: ZipArchive): Workbook {
  const root = relations(archive, '', '_rels/.rels');
  const main = root.find(({ type }) => type.endsWith('/officeDocument'));
  if (main === undefined) throw noWorkbook();
  const part = main.part;
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const own = relations(archive, folder, `${folder}_rels/${part.slice(folder.length)}.rels`);
  const { sheets, is1904 } = mainPart(archive, part);
  const partOf = (kind: string): string | undefined =>
    own.find(({ type }) => type.endsWith(`/${kind}`))?.part;
  return {
    sheets: sheets.flatMap(({ name, id, isHidden }) => {
      const target = own.find((one) => one.id === id && one.type.endsWith('/worksheet'));
      return target === undefined ? [] : [{ name, part: target.part, isHidden }];
    }),
    sharedStrings: sharedStrings(archive, partOf('sharedStrings')),
    styles: styles(archive, partOf('styles')),
    is1904,
  };
}

/** Feeds a part of the archive to a parser. @throws TerrariumError where there is none */
function readPart(archive: ZipArchive, part: string, hearing: XmlHearing): void {
  const entry = archive.find(part);
  if (entry === undefined) throw broken(part);
  const xml = new XmlStream(part, hearing);
  for (const piece of archive.unpack(entry)) xml.write(piece);
  xml.end();
}

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly part: string;
}

function relations(archive: ZipArchive, folder: string, part: string): Relation[] {
  const found: Relation[] = [];
  if (archive.find(part) === undefined) throw noWorkbook();
  readPart(archive, part, {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const { Id = '', Type = '', Target = '' } = attributes();
      const place = Target.startsWith('/') ? Target.slice(1) : resolved(folder + Target);
      found.push({ id: Id, type: Type, part: place });
    },
  });
  return found;
}

function resolved(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function mainPart(archive: ZipArchive, part: string) {
  const sheets: { name: string; id: string; isHidden: boolean }[] = [];
  let is1904 = false;
  readPart(archive, part, {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = isTrue(attributes().date1904);
      if (name !== 'sheet') return;
      const given = attributes();
      const id = Object.entries(given).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      // ECMA-376 part 1, 18.18.68: visible, hidden, or veryHidden, which only a macro shows again.
      const isHidden = given.state === 'hidden' || given.state === 'veryHidden';
      sheets.push({ name: given.name ?? '', id, isHidden });
    },
  });
  return { sheets, is1904 };
}

function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}

/** Texts that cells refer to by number: runs of rich text are joined, readings of characters left out. */
function sharedStrings(archive: ZipArchive, part: string | undefined): string[] {
  const strings: string[] = [];
  if (part === undefined) return strings;
  let open = '';
  let isText = false;
  let phonetic = 0;
  readPart(archive, part, {
    open(name) {
      if (name === 'si') open = '';
      else if (name === 't') isText = true;
      else if (name === 'rPh') phonetic += 1;
    },
    text(text) {
      if (isText && phonetic === 0) open += text;
    },
    close(name) {
      if (name === 'si') strings.push(unescaped(open));
      else if (name === 't') isText = false;
      else if (name === 'rPh') phonetic -= 1;
    },
  });
  return strings;
}

/** Characters that XML cannot hold are written as _x0007_. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}

function styles(archive: ZipArchive, part: string | undefined): DateFormat[] {
  const formats: DateFormat[] = [];
  if (part === undefined) return formats;
  const codes = new Map<number, string>();
  let inCells = false;
  readPart(archive, part, {
    open(name, attributes) {
      if (name === 'numFmt') {
        const { numFmtId, formatCode = '' } = attributes();
        codes.set(Number(numFmtId), formatCode);
      } else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = Number(attributes().numFmtId ?? 0);
        formats.push(dateFormat(id, codes.get(id)));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return formats;
}

function noWorkbook(): Error {
  return inputError(
    'xlsx_no_workbook',
    'The file is a zip archive and holds no Excel workbook.',
    'Open a file that was saved as .xlsx.',
  );
}
