import { describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { conv1d } from '#core/models/networks/conv1d.ts';
import { gru } from '#core/models/networks/gru.ts';
import { estimatorsFor } from '#core/models/registry.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { drawSequences } from '../../../support/sequence-data.ts';
import { drawTraining } from '../../../support/training-data.ts';

type Given = Readonly<Record<string, unknown>>;
const networks = [conv1d, gru];

const check = (one: typeof conv1d, data: TrainingData, given: Given = {}): void => {
  one.check?.(data, resolveParameters(one.parameters, given, one.name), 'candidates[1]');
};
const kindsOf = (one: typeof conv1d, given: Given): readonly string[] => {
  const { task, outputs, features } = drawSequences({ seed: 1 });
  const { width, sequence } = features;
  const inputs = { task, outputs, width, ...(sequence && { sequence }) };
  const plan = one.network?.(inputs, resolveParameters(one.parameters, given, one.name));
  return plan?.layers.map(({ kind }) => kind) ?? [];
};

describe.each(networks.map((one) => [one.name, one] as const))('%s', (_, one) => {
  it('refuses features that are no sequence, and says which step makes one', () => {
    expect(() => {
      check(one, drawTraining('classification', { seed: 1 }));
    }).toThrow(
      expect.objectContaining({
        code: 'no_sequence',
        hint: expect.stringContaining('the step sequence') as string,
      }),
    );
    check(one, drawSequences({ seed: 1, length: 1, channels: 1 }));
  });

  it('is offered only for forecasts and where a step makes sequences', () => {
    const steps = [{ step: 'sequence', columns: 'numeric', parameters: {} }] as const;
    expect(estimatorsFor({ task: 'classification' })).not.toContain(one);
    expect(estimatorsFor({ task: 'classification', steps: [...steps] })).toContain(one);
    const forecast = { time: 'day', horizon: 1, lags: [0], inputs: [] };
    expect(estimatorsFor({ task: 'regression', forecast })).toContain(one);
  });
});

describe('conv1d', () => {
  it('refuses sequences that its patterns do not fit into', () => {
    const short = drawSequences({ seed: 1, length: 8 });
    check(conv1d, short, { padding: 'valid', filters: [4], kernel_size: 8 });
    check(conv1d, short, { padding: 'causal', filters: [4, 4], kernel_size: 30 });
    expect(() => {
      check(conv1d, short, { padding: 'valid', filters: [4, 4], kernel_size: 5 });
    }).toThrow(expect.objectContaining({ code: 'sequence_too_short' }));
  });

  it('is made of convolutions, a pool, and hidden layers', () => {
    const found = kindsOf(conv1d, { filters: [4, 5], dropout: 0.1 });
    expect(found).toEqual([
      ...['convolution_1d', 'activation', 'convolution_1d', 'activation', 'global_pool'],
      ...['dropout', 'dense', 'activation', 'dropout', 'dense'],
    ]);
    const bare = { hidden_units: [], pooling: 'none' };
    expect(kindsOf(conv1d, { filters: [4], ...bare })).toEqual([
      ...['convolution_1d', 'activation', 'dense'],
    ]);
    expect(kindsOf(conv1d, { filters: [], hidden_units: [] })).toEqual(['dense']);
  });
});

describe('gru', () => {
  it('has layers one above the other, and the last state goes on', () => {
    const { task, outputs, features } = drawSequences({ seed: 1 });
    const inputs = { task, outputs, width: features.width, sequence: { length: 4, channels: 6 } };
    const given = { layers: 3, units: 5, hidden_units: [] };
    const plan = gru.network?.(inputs, resolveParameters(gru.parameters, given, 'gru'));
    expect(plan?.layers).toEqual([
      { kind: 'gru', units: 5, gives: 'all' },
      { kind: 'gru', units: 5, gives: 'all' },
      { kind: 'gru', units: 5, gives: 'last' },
      { kind: 'dense', units: 3 },
    ]);
  });
});
