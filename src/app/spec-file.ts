import { encodingOf } from '#core/data/read/decode-text.ts';
import { inputError } from '#core/errors.ts';
import { isRecord } from '#core/spec/spec-path.ts';

/** The editor reads its text at every key, on the page's thread: of more, that would take seconds. A spec has a few thousand bytes. */
const MOST_BYTES = 200_000;

/**
 * The text of a spec's file, with line ends of one kind. Whether it is a spec is for its reader to say.
 * @throws TerrariumError for a file that is too large, no text, the record of a run, or cannot be read
 */
export async function readSpecFile(file: File): Promise<string> {
  const { name, size } = file;
  if (size > MOST_BYTES) {
    throw inputError(
      'spec_too_large',
      `${name} has ${Math.ceil(size / 1e4) / 100} MB, and the editor takes a spec of at most ${MOST_BYTES / 1e6}.`,
      'Open the spec.yaml that a run offers for download. A larger spec can be run on the command line, by terrarium run.',
    );
  }
  const text = decoded(name, await bytesOf(file)).replaceAll(/\r\n?/g, '\n');
  if (isRunRecord(text)) {
    throw inputError(
      'no_spec',
      `${name} is the record of a run, and no spec.`,
      'Open the spec.yaml of that run: its page offers it for download too.',
    );
  }
  return text;
}

async function bytesOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw inputError(
      'unreadable_file',
      `${file.name} cannot be read.`,
      'It may have been moved, changed or locked since it was chosen, or be a folder. Choose it again.',
    );
  }
}

function decoded(name: string, bytes: Uint8Array): string {
  const encoding = encodingOf(bytes) ?? 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Said below.
  }
  throw inputError(
    'not_text',
    `${name} is no text: it holds bytes that no text in ${encoding.toUpperCase()} has.`,
    'Open a spec.yaml, or save the text as UTF-8.',
  );
}

/** A run.json: it holds its spec beside what came of it. */
function isRunRecord(text: string): boolean {
  if (!text.trimStart().startsWith('{')) return false;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && isRecord(value['spec']) && isRecord(value['dataset']);
  } catch {
    return false;
  }
}
