import { describe, expect, it } from 'vitest';
import { PackedTexts } from '#core/data/read/parquet/packed-texts.ts';

/** Each text behind its length in four bytes. */
function page(...texts: readonly string[]): Uint8Array {
  return Uint8Array.from(
    texts.flatMap((text) => [text.length, 0, 0, 0, ...new TextEncoder().encode(text)]),
  );
}

const textsOf = (packed: PackedTexts): string[] =>
  Array.from(packed, (bytes) => new TextDecoder().decode(bytes));

describe('the texts of a page', () => {
  it('stand behind their lengths, from any place on', () => {
    expect(textsOf(new PackedTexts(page('ab', '', 'c'), 0, 3))).toEqual(['ab', '', 'c']);
    expect(textsOf(new PackedTexts(page('ab', '', 'c'), 6, 2))).toEqual(['', 'c']);
    expect(textsOf(new PackedTexts(page(), 0, 0))).toEqual([]);
  });

  it('are refused where one would reach into what follows the page', () => {
    const file = page('ab', 'cdef', 'next page');
    const cut = file.subarray(0, file.length - 13 - 1);
    expect(() => new PackedTexts(cut, 0, 2)).toThrow('a text is longer than its page');
    expect(() => new PackedTexts(page('ab'), 0, 2)).toThrow('a text is longer than its page');
    const huge = Uint8Array.of(255, 255, 255, 255, 1);
    expect(() => new PackedTexts(huge, 0, 1)).toThrow('a text is longer than its page');
  });
});
