import type { PersonalSetting, Spec } from '#core/spec/spec.ts';

/** What was decided about each column of personal data, with the justification of those that are kept. */
export function personalSection({ columns }: Spec): string[] {
  const lines = Object.entries(columns).flatMap(([name, { personal }]) =>
    personal === undefined ? [] : [`- \`${oneLine(name)}\`: ${decided(personal)}`],
  );
  return lines.length === 0 ? [] : ['## Personal data', lines.join('\n')];
}

function decided({ decision, reason = '', by = '', at = '' }: PersonalSetting): string {
  switch (decision) {
    case 'drop':
      return 'left out of the model';
    case 'mask':
      return 'masked: the model sees only whether there is a value';
    case 'hash':
      return 'replaced by salted hashes';
    case 'keep':
      return `kept. ${oneLine(reason)} (decided by ${oneLine(by)}, ${at})`;
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
