import { flattened } from '#core/images/flatten.ts';
import { decodeImage } from '#core/images/decode-image.ts';
import { sha256 } from 'hash-wasm';

/** Small images that Pillow wrote, in base64, and the SHA-256 of the red, green and blue that it reads of them. */
const images = [
  {
    kind: 'JPEG',
    base64:
      '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAoHBwgHBgoICAgLCgoLDhgQDg0NDh0VFhEYIx8lJCIfIiEmKzcvJik0KSEiMEExNDk7Pj4+JS5ESUM8SDc9Pjv/2wBDAQoLCw4NDhwQEBw7KCIoOzs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozv/wAARCAAMABADASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDO1vVdafUUhJWTBB8xU+WneJzdz6el19rhZgAuBWTqupXlvrKW8UzLE2MqK7O20ewnVIpLdWRlDEe9VWcqNKjUm7Nu/upfPtuGKdWNSVOraUYO/wB3Y//Z',
    sha256: 'd3eff9077534687103e79db0a4ec9b0683be60211b4f5a1b8a89b61d33528744',
  },
  {
    kind: 'WEBP',
    base64:
      'UklGRoQAAABXRUJQVlA4IHgAAACQAgCdASoQAAwAAsBMJbACdDXAOlJBkPWWXmVHsAD85jP/I87pPev0DpXAmqOfxztfX2qicm0SdiWPjne8+Z0iIzrg+bSTVtdG0D/WOfJxclY/uH/8h6nxYHTdsaO0N1S3I+XXFKjX6f8LrD1bwiQ7XVvmX2n6QAA=',
    sha256: '9dc174134960d29266fd77f0e5610c49ccf3d74c095f19c8b2a3a07496af59db',
  },
  {
    kind: 'PNG',
    base64:
      'iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAACBUlEQVR42gXB2U4TURgA4LP8s9PO2I0M2BCWFJRgvDHGJTHGN+BVifGOi5IQY7wAEsUKVhuFFkqnnc52ljln/D7M+sdK5XHUj+cn+rfrnR9654fi7Vl++HH67vPRaP9otP93uN0edNuDLhUGzCOsFInn3jJuqNTOOUl0iplAC8BTDycVlmmlH5QyZIlVacBpH5S202w7zexipsuJVRY/1/9Fm1/q/nKHGgzDdy1/5KyG0xXCKZz2QVc0l1uZ2EqKbJHdLdjgxY12ud8a2XTjgmxeKnmXF0gkFWIIrJfHpcBsBA8jiIRM3DgNlrfr5q8N1+pir1G8brLejDObcII1RuB/+CRyPD4x5zfmVBNWR7yN7p7Wrg4C3LOaqHiPBaqqB4/OqKEwAi8YgoVpaJcbtvBXUKththq8U5s4Hq1AUd+jqw54BnYd7WhNwL4GVGHLt6w3jqs6Bnli0D1T0mxQji7ZZN08WwvMQhrcN0UdSwre0KRAnMeOubNiWx033fPSV3Io8+FsMY6Wz5zEDICTlmq1oQlAoTcOM0L/TB/Jb42YhKJEXI3rtAhX5/VuBMEUyvsKCDtIWZdXGmB3EsYavi47ZdyJpc+NqjDH/m4aPp/v9KJOettOboRFrg7E9VolwACP26UCI3aqqVtyS9oI2wyJwrJYPWBNmYfLlGF6X8vNNVaZ6j8E9RtaUeh1kQAAAABJRU5ErkJggg==',
    sha256: '86b09f5bbff193f4f4fd67058946e45a90addc6c96b2b7d09cbd6b0393c1d5bd',
  },
  {
    kind: 'GIF',
    base64:
      'R0lGODdhEAAMAIcAAMbqNMfVP/jCvvW/tKu/HZjAWZe+RqLDNJS+Guewv+Sttuatdpe7bo21G9urbNWcgdecOdSbcLKmUsWaOK6ZQ5+fXKujKJSZH6ufDJyaHmTtf2vnel/Rh3nLX2XNgoS+b4HAVXq+XomzY4muPGG9d0CzQC26YzeunomrdoOkPWqgI1eaYFGtZUahc0Ki1yysii2nfhCZjcyNY8eNS82RNbSSQdV7Q617fa1yw8RvU4uNT32SW598Jqpwvqd4JF6YaGGWaWKVZ2yMgHCYM2ePKlaNDWWFiFmGg1p1kl6FfWCAI0mTfS+HniqEdjWCoS6WVDCGKzqFNBSSjw+KrQ6ImSWCTQyDVj2A0jt6nVB0oExvpFF2nEJ4lTttYyyBaB5vfB1tngl+FOVZt9RRscJhQM1fPeBMlfRHVtFGhr1lfp5lpJxjMpdiEpJaiYlHh/9AXvA9YuVFWusd58tFl6YujdMb25w1n443cJMoeY0iO4sXPXprhYBlWH9nUYNefHZlhl1nQ1xcb19Gik5XD0o/cnM0x3EzxoUtnmcuxlwoxoEStU8fu0gnjmQajGIcfWMSgIQkF4EZFz5rtTBovidrniRjyjNYvyhZoyFgsjNrWBhiWxdYYz9VmT9PkA1PFDk85zw27DQ4yzYy0Cs/rR4upSIsbzNKKxlOSRJBSxs6NxksSz0gtjcohikeehgcnRconQ8jlTcrSSQlckchEB0kbBEfE0EWuT8UpDYTkC8KjhIUnQsMnDYZiSEXS0UYEBEXEwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACwAAAAAEAAMAAAI2wAFDFgAwYYZOWIcAOjwYkqlT6ASKHgwI8ecOmMiBAgBgwqmUKJw9FDTxs0hRXbSyNjxxMqmUrIKGUKUaNGtXI3ooOEDJYynWr/2/BHEiFcrWoT83NChosigWb5GpAAUq5cqVJl+fDBAAAMbSJEQNFBiKtUpTV5akABxwMKaPHoyXCASpUoTJk6wcFnCYkUgR4988BhSwsQJF1csjQITQ8qlVbbKkOnT5QulSZK0IEkSBMiRLVnOxLnDCtYrUpyMoKhQg4IIDxzewMGDa5cuV52EMJBAY0KBDRoCAgA7',
    sha256: '86b09f5bbff193f4f4fd67058946e45a90addc6c96b2b7d09cbd6b0393c1d5bd',
  },
];

/** Of each kind of image: the pixels that there should be, and those that are found where this runs. */
export async function pixelHashes(): Promise<{ wanted: string[]; found: string[] }> {
  const found: string[] = [];
  for (const { kind, base64 } of images) {
    const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
    const { data } = flattened(await decodeImage(bytes), 3);
    found.push(`${kind} ${await sha256(data)}`);
  }
  return { wanted: images.map(({ kind, sha256 }) => `${kind} ${sha256}`), found };
}
