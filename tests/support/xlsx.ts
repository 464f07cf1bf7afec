import { strToU8, zipSync } from 'fflate';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface WorkbookParts {
  /** The XML of each sheet's `sheetData` contents, by the sheet's name. */
  readonly sheets: Readonly<Record<string, string>>;
  readonly sharedStrings?: readonly string[];
  /** `hidden` or `veryHidden`, by the name of the sheet. */
  readonly states?: Readonly<Record<string, string>>;
  /** Number format of each cell style: a built-in number, or a code. */
  readonly styles?: readonly (number | string)[];
  readonly is1904?: boolean;
  /** What follows `sheetData` in every sheet. */
  readonly after?: string;
  /** Parts to add or to replace. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
}

/** A workbook as Excel lays it out (ECMA-376), of XML that a test writes by hand. */
export function writeWorkbook(given: WorkbookParts): Uint8Array<ArrayBuffer> {
  const names = Object.keys(given.sheets);
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${REL}/${type}" Target="${target}"/>`;
  const parts: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships>${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns="${MAIN}" xmlns:r="${REL}"><workbookPr date1904="${given.is1904 === true ? 1 : 0}"/><sheets>${names
      .map((name, i) => {
        const state = given.states?.[name];
        const shown = state === undefined ? '' : ` state="${state}"`;
        return `<sheet name="${escaped(name)}" sheetId="${i + 1}"${shown} r:id="rId${i + 1}"/>`;
      })
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names
      .map((_, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`))
      .join(
        '',
      )}${relation('rId98', 'sharedStrings', 'sharedStrings.xml')}${relation('rId99', 'styles', 'styles.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${(given.sharedStrings ?? [])
      .map((text) => (text.startsWith('<') ? text : `<si><t>${escaped(text)}</t></si>`))
      .join('')}</sst>`,
    'xl/styles.xml': stylesXml(given.styles ?? [0]),
  };
  for (const [i, name] of names.entries()) {
    parts[`xl/worksheets/sheet${i + 1}.xml`] =
      `<?xml version="1.0"?><worksheet xmlns="${MAIN}"><sheetData>${given.sheets[name] ?? ''}</sheetData>${given.after ?? ''}</worksheet>`;
  }
  const all = Object.entries({ ...parts, ...given.parts });
  return zipSync(
    Object.fromEntries(
      all.map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
    ),
    { mtime: new Date(2020, 0, 1) },
  );
}

function stylesXml(styles: readonly (number | string)[]): string {
  const codes = styles.flatMap((style, i) =>
    typeof style === 'string'
      ? `<numFmt numFmtId="${200 + i}" formatCode="${escaped(style)}"/>`
      : [],
  );
  const xfs = styles.map(
    (style, i) => `<xf numFmtId="${typeof style === 'string' ? 200 + i : style}"/>`,
  );
  return `<styleSheet xmlns="${MAIN}"><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${xfs.join('')}</cellXfs></styleSheet>`;
}

/** Rows of plain cells: numbers as numbers, texts inline, null for none. */
export function plainRows(
  rows: readonly (readonly (string | number | boolean | null)[])[],
): string {
  return rows
    .map((row, y) => {
      const cells = row.map((value, x) => {
        const at = `r="${columnName(x)}${y + 1}"`;
        if (value === null) return '';
        if (typeof value === 'number') return `<c ${at}><v>${value}</v></c>`;
        if (typeof value === 'boolean') return `<c ${at} t="b"><v>${value ? 1 : 0}</v></c>`;
        return `<c ${at} t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
      });
      return `<row r="${y + 1}">${cells.join('')}</row>`;
    })
    .join('');
}

function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
