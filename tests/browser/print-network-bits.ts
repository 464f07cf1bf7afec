import { weightsSha256 } from '#core/run/weights-hash.ts';
import { createNodeEngine } from '#engine/node-engine.ts';
import { smallNetworksOn, trainSmall } from '../support/small-networks.ts';

const bits: Record<string, Record<string, string>> = {};
for (const backend of ['wasm', 'cpu'] as const) {
  await createNodeEngine(backend);
  for (const one of smallNetworksOn(backend)) {
    const { model } = await trainSmall(backend, one);
    (bits[one.title] ??= {})[backend] = await weightsSha256(model.weights);
    model.dispose();
  }
}
console.log(JSON.stringify(bits));
