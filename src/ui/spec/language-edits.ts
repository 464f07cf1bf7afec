import type { Spec } from '#core/spec/spec.ts';

type Settings = Spec['columns'][string];

/**
 * What a language model's spec says otherwise than any other, as a spec goes from one to the other: a text is read as it
 * stands, cut by one step and parted by place. The shares of the parts and decisions on personal data stay.
 * @param before what was proposed for the task that the spec had
 * @param onto what is proposed for the new one
 */
export function acrossLanguage(
  spec: Spec,
  before: Spec,
  onto: Spec,
): Pick<Spec, 'columns' | 'rows' | 'split' | 'steps'> {
  const { train, validation, test, folds } = spec.split;
  const shares = { train, validation, test, ...(folds === undefined ? {} : { folds }) };
  return {
    columns: onto.task === 'language' ? intoText(spec, onto) : outOfText(spec, before),
    rows: onto.rows,
    split: { ...onto.split, ...shares },
    steps: onto.steps,
  };
}

/** All columns but the text are left out, and of that nothing more can be said than that what is personal is kept. */
function intoText({ columns }: Spec, onto: Spec): Spec['columns'] {
  const types = Object.entries(onto.columns).map(([name, proposed]): [string, Settings] => {
    const { personal } = columns[name] ?? {};
    const isKept = proposed.type === 'ignore' || personal?.decision === 'keep';
    return [name, { ...proposed, ...(isKept && personal !== undefined ? { personal } : {}) }];
  });
  const kept = Object.entries(columns).flatMap(([name, { personal }]): [string, Settings][] =>
    onto.columns[name] === undefined && personal?.decision === 'keep' ? [[name, { personal }]] : [],
  );
  return Object.fromEntries([...types, ...kept]);
}

/** The types that made the text the only input go. */
function outOfText({ columns }: Spec, before: Spec): Spec['columns'] {
  const entries = Object.entries(columns).map(([name, settings]): [string, Settings] => {
    const { type, ...others } = settings;
    return [name, type === before.columns[name]?.type ? others : settings];
  });
  return Object.fromEntries(entries.filter(([, settings]) => Object.keys(settings).length > 0));
}
