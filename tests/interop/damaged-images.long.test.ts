import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import { decodeImage } from '#core/images/decode-image.ts';
import { ImageFault } from '#core/images/raster.ts';
import { RandomStream } from '#core/random.ts';
import { runPython } from './python.ts';

vi.setConfig({ testTimeout: 300_000 });

const PER_FILE = 60;

test('an image with bytes changed, cut out or put in is decoded, or refused in words', async () => {
  const script = fileURLToPath(new URL('./images.py', import.meta.url));
  const files = Object.entries(unzipSync(Buffer.from(await runPython(script), 'hex')));
  const random = new RandomStream(5);
  const ends = { decoded: 0, refused: 0 };
  for (const [name, bytes] of files) {
    for (let i = 0; i < PER_FILE; i += 1) {
      const end = await endOf(damaged(bytes, random), `${name}, damage ${i}`);
      ends[end] += 1;
    }
  }
  expect(files).toHaveLength(95);
  expect(ends.decoded).toBeGreaterThan(100);
  expect(ends.refused).toBeGreaterThan(1000);
});

async function endOf(bytes: Uint8Array, what: string): Promise<'decoded' | 'refused'> {
  try {
    const { width, height, data } = await decodeImage(bytes);
    expect(data.length, what).toBe(4 * width * height);
    return 'decoded';
  } catch (thrown) {
    expect(thrown, what).toBeInstanceOf(ImageFault);
    return 'refused';
  }
}

/** A copy with one to four faults. */
function damaged(bytes: Uint8Array, random: RandomStream): Uint8Array {
  const copy = [...bytes];
  for (let faults = 1 + random.integer(4); faults > 0; faults -= 1) {
    const at = random.integer(copy.length);
    const kind = random.integer(4);
    if (kind === 0) copy.splice(at, 1 + random.integer(20));
    else if (kind === 1) copy.splice(at, 0, random.integer(256));
    else copy[at] = kind === 2 ? random.integer(256) : 0xff;
    if (copy.length === 0) copy.push(0);
  }
  return Uint8Array.from(copy);
}
