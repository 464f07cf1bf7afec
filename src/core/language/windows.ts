import type { Cells } from '#core/data/cells.ts';
import { textCells } from '#core/data/text-cells.ts';
import { columnCells, type Dataset } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import { characters } from '#core/features/texts/characters.ts';
import { MIN_ROWS } from '#core/run/prepare-target.ts';
import { inputColumns } from '#core/spec/input-columns.ts';
import { choiceOf, resolveParameters } from '#core/spec/parameters.ts';
import type { Spec } from '#core/spec/spec.ts';

/** Characters of a text, at most: what is cut into windows has to fit into memory several times. */
const MOST_CHARACTERS = 20_000_000;

/**
 * The windows of a text in the place of a data set's rows, where a language model learns from it; any other data set as it
 * is. The text is the one input column, row after row with a line's end between two; windows follow on one another without
 * gap or overlap, and what is left at the end is no whole window and is left out.
 * @throws TerrariumError where the text is too short or too long, or has one character alone
 */
export function inWindows(spec: Spec, dataset: Dataset): Dataset {
  if (spec.task !== 'language') return dataset;
  const name = inputColumns(spec, dataset.info)[0]?.name ?? '';
  const cells = columnCells(dataset.table, name);
  const size = contextOf(spec);
  // Counted where it lies: a text that is too long is not taken apart first.
  refuseLength(charactersIn(cells), name, size);
  const text = Array.from(cells.slice(0, cells.length).join('\n'));
  refuseMonotony(text, name);
  const whole = Math.floor(text.length / size);
  const windows = Array.from({ length: whole }, (_, i) =>
    text.slice(i * size, (i + 1) * size).join(''),
  );
  const table = { names: [name], columns: [textCells(windows)], rowCount: whole };
  return { ...dataset, table };
}

/** How many characters a window has: the step says so, since all candidates are measured on the same ones. */
export function contextOf({ steps }: Pick<Spec, 'steps'>): number {
  const given = steps.find(({ step }) => step === characters.name)?.parameters ?? {};
  return Number(choiceOf(resolveParameters(characters.parameters, given, 'steps'), 'context'));
}

/** Characters of all rows, and a line's end between two. */
function charactersIn(cells: Cells): number {
  let length = Math.max(0, cells.length - 1);
  for (let row = 0; row < cells.length; row += 1) length += cells.codePointsAt(row);
  return length;
}

function refuseLength(length: number, column: string, size: number): void {
  const shown = (count: number): string => count.toLocaleString('en');
  const least = MIN_ROWS * size;
  if (length < least) {
    throw inputError(
      'text_too_short',
      `The text in "${column}" has ${shown(length)} ${length === 1 ? 'character' : 'characters'}, and at least ${shown(least)} are needed: ${MIN_ROWS} windows of ${size}.`,
      'Give a longer text, or set context of the step characters lower.',
      { column, characters: length },
    );
  }
  if (length > MOST_CHARACTERS) {
    throw inputError(
      'text_too_long',
      `The text in "${column}" has ${shown(length)} characters, and at most ${shown(MOST_CHARACTERS)} can be learned from in a tab.`,
      'Give a part of it.',
      { column, characters: length },
    );
  }
}

function refuseMonotony(text: readonly string[], column: string): void {
  const [first] = text;
  if (text.every((character) => character === first)) {
    throw inputError(
      'text_of_one_character',
      `The text in "${column}" is one character again and again, so there is nothing to learn.`,
      'Give another text.',
      { column },
    );
  }
}
