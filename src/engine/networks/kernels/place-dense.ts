import { placesOf, type PlaceDenseLayer } from '#core/networks/layer.ts';
import type { KernelLayerKind } from './kernel-layer.ts';
import { Product, storePlain } from './product.ts';
import { filledUp, heightOf, type Layout } from './signal.ts';

export const placeDense: KernelLayerKind<PlaceDenseLayer> = {
  outputLayout,
  store: storePlain,

  build({ units }, site) {
    const { machine, input, trains } = site;
    const places = placesOf(input.shape);
    const rows = heightOf(site.rows);
    const layout = outputLayout({ kind: 'place_dense', units }, input);
    const take = (): number => machine.memory.take(4 * rows * layout.width);
    const output = { ...layout, at: take(), derivatives: trains ? take() : 0 };
    const sizes = { rows: rows * places, inputs: input.channelStep, units };
    const product = new Product(site, { kernel: 'kernel', bias: 'bias' }, sizes);
    return {
      output,
      forward(pass) {
        product.forward(input.at, pass.rows * places, output.at);
      },
      back(pass) {
        product.backToTensors(input.at, output.derivatives, pass.rows * places);
        if (input.derivatives === 0) return;
        product.backToInput(output.derivatives, pass.rows * places, input.derivatives);
      },
    };
  },
};

function outputLayout({ units }: PlaceDenseLayer, input: Layout): Layout {
  const places = placesOf(input.shape);
  const channelStep = filledUp(units);
  return { shape: [places, units], channelStep, width: places * channelStep };
}
