import { expect, it } from 'vitest';
import { refuseLabel } from '#core/data/read/images/label-name.ts';
import { expectSentence } from '../../support/refusal.ts';

it.each(['cup', 'Tasse ☕', 'a.b', '7', 'test', 'constructor', ' padded '])(
  '%j is a label',
  (name) => {
    expect(refuseLabel(name, ['other'])).toBeUndefined();
  },
);

it.each(['', '  ', 'a/b', 'a\\b', 'a\tb', '.', '..', '.hidden', '__MACOSX', 'Thumbs.db', 'other '])(
  '%j is none',
  (name) => {
    expectSentence(refuseLabel(name, ['other']) ?? '');
  },
);
