export interface FieldNotes {
  /** The field's own, from which those of the notes are made. */
  readonly id: string;
  readonly help?: string | undefined;
  readonly error?: string | undefined;
}

/** What the field's `aria-describedby` is, so that the notes under it belong to it. */
export function describedBy({ id, help, error }: FieldNotes): string | undefined {
  const ids = [
    ...(error === undefined ? [] : [`${id}-error`]),
    ...(help === undefined ? [] : [`${id}-help`]),
  ];
  return ids.length === 0 ? undefined : ids.join(' ');
}
