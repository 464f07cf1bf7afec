import { placesOf, type LayerNormLayer } from '#core/networks/layer.ts';
import type { KernelLayerKind } from './kernel-layer.ts';
import { Norm } from './norm.ts';
import { storePlain } from './product.ts';
import { heightOf } from './signal.ts';

export const layerNorm: KernelLayerKind<LayerNormLayer> = {
  outputLayout: (_, input) => input,
  store: storePlain,
  keeps: (_, input) => input.width + placesOf(input.shape),

  build(_, site) {
    const { machine, input } = site;
    const places = placesOf(input.shape);
    const rows = heightOf(site.rows);
    const norm = new Norm(site, '', rows * places, input.channelStep);
    // Derivatives by what it gave become those by what it got where they lie.
    const output = { ...input, at: machine.memory.take(4 * rows * input.width) };
    return {
      output,
      forward(pass) {
        norm.forward(input.at, pass.rows * places, output.at);
      },
      back(pass) {
        norm.back(output.derivatives, pass.rows * places);
      },
    };
  },
};
