import { cpus } from 'node:os';
import type { BenchEntry } from './entry.ts';
import type { BenchResult } from './measure.ts';

const markers = ['<!-- bench:begin -->', '<!-- bench:end -->'] as const;

/** The results as Markdown, with the day and the machine they were measured on. */
export function benchTable(
  measured: readonly { readonly entry: BenchEntry; readonly result: BenchResult }[],
  day: Date,
): string {
  const processors = cpus();
  const rows = measured.flatMap(({ entry, result }) => {
    const { ours, unit, beside } = result;
    return [result, ...(beside ? [beside] : [])].map(({ peerName, peer, ratio }) => {
      const cells = [
        `\`${entry.name}\``,
        entry.what,
        peerName,
        ours,
        peer,
        unit,
        ratio,
        entry.better,
      ];
      return `| ${cells.join(' | ')} |`;
    });
  });
  return [
    `Measured on ${day.toISOString().slice(0, 10)} with Node ${process.versions.node} on ${processors.length} × ${processors[0]?.model.trim() ?? 'an unnamed processor'}.`,
    '',
    '| name | what | peer | ours | peer’s | unit | ours / peer | better is |',
    '| --- | --- | --- | ---: | ---: | --- | ---: | --- |',
    ...rows,
  ].join('\n');
}

/**
 * Puts the table between the markers of a document.
 *
 * @throws Error when the document has no such pair of markers
 */
export function replaceTable(text: string, table: string): string {
  const [begin, end] = markers.map((marker) => text.indexOf(marker));
  if (begin === undefined || end === undefined || begin < 0 || end < begin) {
    throw new Error(`the document lacks ${markers.join(' and ')}, between which the table goes`);
  }
  return `${text.slice(0, begin)}${markers[0]}\n\n${table}\n\n${text.slice(end)}`;
}
