import { readBeginning } from '#core/language/beginning.ts';
import type { Writing } from '#core/language/write-text.ts';

/** The command that writes the same text, for a shell: of a long beginning as much as is read. */
export function writeCommand(file: string, writing: Writing): string {
  const { prompt, length, temperature, seed } = writing;
  const beginning = readBeginning(prompt).join('');
  return [
    `terrarium write ${quoted(file)}`,
    ...(beginning === '' ? [] : [`--prompt=${quoted(beginning)}`]),
    `--length ${length} --temperature ${temperature} --seed ${seed}`,
  ].join(' ');
}

/** As one word of a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
