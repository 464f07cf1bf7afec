import { describe, expect, it } from 'vitest';
import { PackedTexts } from '#core/data/read/parquet/packed-texts.ts';
import { TextCellsBuilder } from '#core/data/text-cells.ts';

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
    expect(textsOf(new PackedTexts(page('ab', '', 'c'), 0, 3, null))).toEqual(['ab', '', 'c']);
    expect(textsOf(new PackedTexts(page('ab', '', 'c'), 6, 2, null))).toEqual(['', 'c']);
    expect(textsOf(new PackedTexts(page(), 0, 0, null))).toEqual([]);
  });

  it('are refused where one would reach into what follows the page', () => {
    const file = page('ab', 'cdef', 'next page');
    const cut = file.subarray(0, file.length - 13 - 1);
    expect(() => new PackedTexts(cut, 0, 2, null)).toThrow('a text is longer than its page');
    expect(() => new PackedTexts(page('ab'), 0, 2, null)).toThrow('a text is longer than its page');
    const huge = Uint8Array.of(255, 255, 255, 255, 1);
    expect(() => new PackedTexts(huge, 0, 1, null)).toThrow('a text is longer than its page');
  });
});

describe('texts copied with their lengths', () => {
  const cellsOf = (builder: TextCellsBuilder): string[] =>
    builder.finish().slice(0, builder.length);

  function pushAll(builder: TextCellsBuilder, ...texts: readonly string[]): void {
    const packed = new PackedTexts(page(...texts), 0, texts.length, null);
    builder.pushPacked(packed);
  }

  it('stand among others, in their order', () => {
    const builder = new TextCellsBuilder();
    builder.push('é first');
    pushAll(builder, 'one', '', 'three, or more');
    pushAll(builder);
    pushAll(builder, '', '');
    builder.push('last');
    expect(cellsOf(builder)).toEqual(['é first', 'one', '', 'three, or more', '', '', 'last']);
  });

  it('can be taken over by another column, one by one', () => {
    const builder = new TextCellsBuilder();
    pushAll(builder, 'one', '', 'three');
    const other = new TextCellsBuilder();
    for (const row of [2, 1, 0]) other.pushFrom(builder, row);
    expect(cellsOf(other)).toEqual(['three', '', 'one']);
  });
});
