import type { RunRecord } from '#core/spec/run-record.ts';
import { measuredLines } from './measured-lines.ts';

/** What rows and labels mean, what the contract asks for, and whether it is met. */
export function contractSection(record: RunRecord): string[] {
  const { row, label } = record.contract.terms ?? {};
  const lines = [
    ...(row === undefined ? [] : [`- One row: ${oneLine(row)}`]),
    ...(label === undefined ? [] : [`- The label: ${oneLine(label)}`]),
    ...measuredLines(record).map(({ title, text, met }) => `- ${title}${verdict(met)}: ${text}`),
  ];
  return lines.length === 0 ? [] : ['## Contract', lines.join('\n')];
}

function verdict(met: boolean | null): string {
  if (met === null) return '';
  return met ? ', met' : ', **not met**';
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
