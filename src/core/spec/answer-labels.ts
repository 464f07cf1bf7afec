/** What a row is, by whether its score is above the threshold. */
export const ANOMALY_LABELS = ['ordinary', 'anomaly'] as const;

/** The names of k groups, in the order of the model's numbers. */
export function groupLabels(k: number): readonly string[] {
  return Array.from({ length: k }, (_, c) => groupLabel(c));
}

/** The name of a group, counted from 0. */
export function groupLabel(c: number): string {
  return `cluster ${c + 1}`;
}

/** The group of a name, counted from 0; −1 for any other text. */
export function groupOf(label: string): number {
  const found = /^cluster (\d+)$/.exec(label)?.[1];
  return found === undefined ? -1 : Number(found) - 1;
}
