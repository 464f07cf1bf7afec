import { describe, expect, it } from 'vitest';
import { pastedFile } from '#app/pasted-file.ts';
import { readFile } from '../support/read.ts';

describe('what was pasted', () => {
  it.each([
    ['Call me Ishmael. Some years ago—never mind how long', 'Call me Ishmael Some years ago.txt'],
    ['town\train\nLima\t3\n', 'town rain Lima 3.txt'],
    ['\n\n  “Shall I compare thee to a summer’s day?”', 'Shall I compare thee to a.txt'],
    ['../../etc/passwd\\: *?"<>|', 'etc passwd.txt'],
    ['子曰：學而時習之，不亦說乎', '子曰 學而時習之 不亦說乎.txt'],
    ['…!? 🐧🐧', 'pasted text.txt'],
    [`${'x'.repeat(500)} y`, 'pasted text.txt'],
  ])('is a file named by its first words: %j', (text, name) => {
    expect(pastedFile(text).name).toBe(name);
  });

  it('has the same bytes whatever its line ends were', async () => {
    const bytes = async (text: string) => new Uint8Array(await pastedFile(text).arrayBuffer());
    expect(await bytes('a\r\nb\rc\n')).toEqual(await bytes('a\nb\nc\n'));
  });

  it('has a sign in the place of half a character', async () => {
    const file = pastedFile('two words \uD83D here');
    expect(await file.text()).toBe('two words \uFFFD here');
    const { info } = await readFile(file.name, new Uint8Array(await file.arrayBuffer()));
    expect(info.reading.format).toBe('text');
  });
});
