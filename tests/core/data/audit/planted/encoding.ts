import { classes, clinic, houses, machines, orders, survey } from './domains.ts';
import { changed, column, fromOne, pick, someRows, type Texts } from './draw.ts';
import { plant, without, type Expected, type PlantedTable } from './table.ts';

const encoder = new TextEncoder();
/** What the bytes 0x80 to 0x9f are in Windows-1252; hosts disagree about their own decoders. */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'; // prettier-ignore

/** A text written in UTF-8 and read as Windows-1252: `é` becomes `Ã©`. */
export function mojibake(text: string): string {
  return Array.from(encoder.encode(text), (byte) =>
    byte >= 0x80 && byte < 0xa0 ? upper.charAt(byte - 0x80) : String.fromCharCode(byte),
  ).join('');
}

const german = ['München', 'Köln', 'Düsseldorf', 'Nürnberg', 'Berlin', 'Bonn', 'Lübeck', 'Mainz'];
const cafe = ['Café crème', 'Thé à la menthe', 'Gâteau', 'Pâté', 'Crêpe', 'Entrecôte', 'Salade'];
const reviews = [
  'It’s smaller than I thought',
  'Don’t buy the blue one',
  'Works well – for now',
  'The “fast” mode isn’t fast',
  'Arrived on time',
  'Good value',
];
const russian = ['Москва', 'Казань', 'Самара', 'Омск', 'Пермь', 'Тула'];

/** Texts that went through the wrong encoding. */
export const encodingTables: readonly PlantedTable[] = [
  plant('encoding: every umlaut of the cities', orders, 500, (base, random) => {
    const city = column(500, () => mojibake(pick(random, german)));
    return { columns: { city, ...base.columns }, expected: [broken('city', city)] };
  }),
  plant('encoding: seven cells of 500, the others right', orders, 500, (base, random) => {
    const right = column(500, () => pick(random, cafe));
    const accents = [...right.keys()].filter((row) => mojibake(right[row] ?? '') !== right[row]);
    const rows = someRows(random, accents.length, 7).map((i) => accents[i] ?? 0);
    const product = changed(right, rows, mojibake);
    return {
      columns: { ...base.columns, produit: product },
      target: null,
      expected: [broken('produit', product, right)],
    };
  }),
  plant('encoding: replacement characters in remarks', clinic, 450, (base, random) => {
    const right = column(450, () => `${pick(random, reviews)}, ${pick(random, cafe)}`);
    const rows = someRows(random, 450, 12);
    const remark = changed(right, rows, (text) => text.replaceAll(/[^\x20-\x7e]/g, '\ufffd') + ' \ufffd'); // prettier-ignore
    return { columns: { ...base.columns, remark }, expected: [broken('remark', remark, right)] };
  }),
  plant('encoding: curly quotes and dashes in reviews', survey, 600, (base, random) => {
    const review = column(600, () => mojibake(pick(random, reviews)));
    return { columns: { ...base.columns, review }, expected: [broken('review', review)] };
  }),
  plant('encoding: Cyrillic', houses, 400, (base, random) => {
    const city = column(400, () => mojibake(pick(random, russian)));
    return { columns: { ...base.columns, город: city }, expected: [broken('город', city)] };
  }),
  plant('encoding: the labels of the target', machines, 300, (base, random) => {
    const label = classes(random, base.score, { arrêté: 0.5, marche: 0.5 }).map(mojibake);
    return {
      columns: { ...without(base.columns, 'state'), etat: label },
      target: 'etat',
      expected: [broken('etat', label)],
    };
  }),
];

/** The rows that hold what a right text would not: those that differ from it, or are not plain ASCII. */
function broken(name: string, cells: Texts, right?: Texts): Expected {
  const rows = [...cells.keys()].filter((row) =>
    right === undefined ? /[^\x20-\x7e]/.test(cells[row] ?? '') : cells[row] !== right[row],
  );
  return {
    codes: ['broken_encoding'],
    columns: [name],
    rows: fromOne(rows),
    minimumCount: rows.length,
  };
}
