import { describe, expect, it } from 'vitest';
import type { ImageShape } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { cnn } from '#core/models/networks/cnn.ts';
import { estimatorsFor } from '#core/models/registry.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { drawImages } from '../../../support/image-data.ts';
import { drawTraining } from '../../../support/training-data.ts';

const check = (data: TrainingData, parameters: Readonly<Record<string, unknown>> = {}): void => {
  cnn.check?.(data, resolveParameters(cnn.parameters, parameters, 'cnn'), 'candidates[1]');
};
const imagesOf = (image: ImageShape): TrainingData => drawImages({ seed: 1, rows: 3, image });

describe('a convolutional network', () => {
  it('refuses features that are no pixels, and says which step makes them', () => {
    expect(() => {
      check(drawTraining('classification', { seed: 1 }));
    }).toThrow(
      expect.objectContaining({
        code: 'no_images',
        hint: expect.stringContaining('pixels') as string,
      }),
    );
  });

  it('refuses more poolings than an image can be halved', () => {
    const small = imagesOf({ height: 7, width: 40, channels: 1 });
    check(small, { filters: [4, 4] });
    check(small, { filters: [4, 4, 4], pooling: 'stride' });
    check(small, { filters: [4, 4, 4], pooling: 'none' });
    expect(() => {
      check(small, { filters: [4, 4, 4] });
    }).toThrow(expect.objectContaining({ code: 'image_too_small' }));
  });

  it('pools before the activation, which changes no number and spares work', () => {
    const { task, outputs, features } = imagesOf({ height: 8, width: 8, channels: 3 });
    const { width, image } = features;
    const inputs = { task, outputs, width, ...(image && { image }) };
    const kindsWith = (own: Readonly<Record<string, unknown>>) => {
      const parameters = resolveParameters(cnn.parameters, { filters: [4], ...own }, 'cnn');
      return cnn.network?.(inputs, parameters).layers.map(({ kind }) => kind);
    };
    const dense = ['dense', 'activation', 'dense'];
    expect(kindsWith({})).toEqual(['convolution', 'max_pool', 'activation', ...dense]);
    expect(kindsWith({ batch_norm: true })).toEqual([
      ...['convolution', 'batch_norm', 'max_pool', 'activation'],
      ...dense,
    ]);
  });

  it.each([
    [{ flip: 'diagonal' }, 'flip'],
    [{ crop: 1 }, 'crop'],
    [{ shift: -0.1 }, 'shift'],
    [{ rotate: 181 }, 'rotate'],
    [{ mix_up: NaN }, 'mix_up'],
  ])('refuses to change images by %j', (own, name) => {
    expect(() => resolveParameters(cnn.parameters, own, 'candidates[1].parameters')).toThrow(
      expect.objectContaining({
        code: 'parameter_out_of_range',
        details: { path: `candidates[1].parameters.${name}` },
      }),
    );
  });

  it('is offered only where a step makes pixels', () => {
    const pixels = [{ step: 'pixels', columns: 'image', parameters: {} }] as const;
    const task = 'classification';
    expect(estimatorsFor({ task })).not.toContain(cnn);
    expect(estimatorsFor({ task, steps: [...pixels] })).toContain(cnn);
  });
});
