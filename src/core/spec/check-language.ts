import type { DatasetInfo } from '#core/data/table.ts';
import { characters } from '#core/features/texts/characters.ts';
import { inputColumns } from './input-columns.ts';
import { listed, refuse } from './refuse.ts';
import type { Spec } from './spec.ts';

/** Checks a language model's spec apart from any data: it has one step, which cuts the text up for all candidates alike. */
export function checkLanguage(spec: Spec): void {
  const { task, steps, candidates, split, rows } = spec;
  if (task !== 'language') return;
  const [first, second] = steps;
  if (first === undefined || first.step !== characters.name || second !== undefined) {
    throw refuse(
      'steps',
      `must be the step ${characters.name} alone, and ${steps.length === 0 ? 'there is none' : `are ${listed(steps.map(({ step }) => step))}`}`,
      `Write steps: [{ step: ${characters.name}, columns: text }].`,
    );
  }
  const own = candidates.findIndex((candidate) => candidate.steps !== undefined);
  if (own >= 0) {
    throw refuse(
      `candidates[${own}].steps`,
      'would cut the text otherwise than the spec does, and candidates are compared on the same windows',
      'Remove them.',
    );
  }
  if (split.method !== 'place') {
    throw refuse(
      'split.method',
      `is ${split.method}, and a text is parted by place: windows beside one another are too much alike`,
      'Remove it, or set it to place.',
    );
  }
  if (rows.duplicates !== 'keep') {
    throw refuse(
      'rows.duplicates',
      `is ${rows.duplicates}, and a text goes on from row to row`,
      'Remove it.',
    );
  }
}

/** Holds it against the data: the text is one column, read as it stands. @throws TerrariumError naming the path in the spec */
export function checkText(spec: Spec, info: DatasetInfo): void {
  if (spec.task !== 'language') return;
  const inputs = inputColumns(spec, info);
  const [text] = inputs;
  // A mask makes categories of a text: what is said of it first tells more than what became of it.
  if (text !== undefined && inputs.length === 1) refuseSettings(spec, text.name);
  if (text === undefined || inputs.length > 1 || text.type !== 'text') {
    throw refuse(
      'columns',
      `leaves ${inputs.length === 1 ? `one input, which is ${text?.type ?? ''}` : `${inputs.length} inputs`}, and a language model learns from one text: ${listed(inputs.map(({ name }) => name))}`,
      'Set the type of the column that holds the text to text, and that of all others to ignore.',
    );
  }
}

function refuseSettings({ columns }: Spec, name: string): void {
  const settings = columns[name] ?? {};
  const isKept = settings.personal?.decision === 'keep';
  const stray = Object.keys(settings).find(
    (field) => field !== 'type' && !(field === 'personal' && isKept),
  );
  if (stray === undefined) return;
  throw refuse(
    `columns.${name}.${stray}`,
    'is set, and a language model reads its text as it stands',
    stray === 'personal'
      ? 'Take what is personal out of the text, or decide to keep it, with a reason.'
      : 'Remove it.',
  );
}
