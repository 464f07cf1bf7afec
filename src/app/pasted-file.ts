const MOST_WORDS = 6;
const MOST_CHARACTERS = 40;

/**
 * What was pasted as a file, named by its first words. What it holds is found in it as in any .txt: cells of a
 * spreadsheet are a table, prose is a text. Line ends depend on where it was copied, and are made one kind, so that the
 * same text has the same bytes.
 */
export function pastedFile(text: string): File {
  const plain = text.replaceAll(/\r\n?/g, '\n');
  return new File([plain], `${firstWords(plain)}.txt`, { type: 'text/plain' });
}

function firstWords(text: string): string {
  const words: string[] = [];
  let length = 0;
  for (const [word] of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’_-]*/gu)) {
    length += word.length + 1;
    if (words.length === MOST_WORDS || length > MOST_CHARACTERS) break;
    words.push(word);
  }
  return words.length === 0 ? 'pasted text' : words.join(' ');
}

/** What a paste on a page brings: files, a text, or nothing that can be read. Cells that were copied come as pictures too. */
export function pastedFiles(data: DataTransfer | null): readonly File[] {
  if (data === null) return [];
  const text = data.getData('text/plain');
  const files = [...data.files];
  if (files.length > 0 && (text === '' || !data.types.includes('text/html'))) return files;
  return text.trim() === '' ? [] : [pastedFile(text)];
}
