import { describe, expect, it } from 'vitest';
import { RandomStream } from '#core/random.ts';
import { gridOf, readFile } from '../../support/read.ts';
import { originals, randomCuts, surviveMany } from './read-mutations.ts';

describe('files of every format', () => {
  it('are read right to the last value, wherever the stream is cut', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const random = new RandomStream(seed);
      for (const { name, bytes, grid } of await originals(random)) {
        const dataset = await readFile(name, bytes, { cuts: randomCuts(bytes.length, random) });
        expect(gridOf(dataset), `${name}, seed ${seed}`).toEqual(grid);
      }
    }
  });

  it('with spoilt bytes are read or refused with a sentence, in time', async () => {
    const { read, refused } = await surviveMany(400, 1);
    expect(read).toBeGreaterThan(20);
    expect(refused).toBeGreaterThan(200);
  }, 60_000);
});
