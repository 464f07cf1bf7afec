import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RandomStream } from '#core/random.ts';
import type { NetworkTraining } from './network-pace.ts';
import { drawNoise } from './noise.ts';

export interface PeerData {
  readonly path: string;
  readonly close: () => void;
}

/** The training rows of ours in a file for a peer: float32, the features row by row and behind them the classes. */
export function writePeerData({ data, batch, perEpoch }: NetworkTraining): PeerData {
  const { features, target } = drawNoise(data, perEpoch * batch, new RandomStream(1));
  const folder = mkdtempSync(join(tmpdir(), 'terrarium-bench-'));
  const path = join(folder, 'rows.f32');
  const numbers = new Float32Array(features.values.length + target.length);
  numbers.set(features.values);
  numbers.set(target, features.values.length);
  writeFileSync(path, numbers);
  return { path, close: () => rmSync(folder, { recursive: true }) };
}
