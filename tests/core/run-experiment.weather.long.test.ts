import { expect, it } from 'vitest';
import { withForecast } from '#core/spec/propose-forecast.ts';
import type { Spec } from '#core/spec/spec.ts';
import { readText } from '../support/csv.ts';
import { candidateOf, expectEndsWell, runDataset } from '../support/experiment.ts';
import { weatherCsv, weatherForecast } from '../support/weather.ts';

const network = (model: string, parameters: object): Spec['candidates'][number] => ({
  ...{ name: model, model, parameters: { ...parameters } },
});

it('networks that read the last two weeks forecast Seattle’s highest temperature as well as a linear model of lags, and better than both baselines', async () => {
  const dataset = await readText(weatherCsv());
  const experiment = await runDataset(dataset, 'temp_max', (spec) => {
    const made = withForecast(spec, dataset.info, { ...weatherForecast, window: 14 });
    const others = made.candidates.filter(({ model }) => model !== 'mlp');
    const slow = { learning_rate: 0.001, weight_decay: 0.001 };
    const convolution = {
      ...{ filters: [16], kernel_size: 3, pooling: 'none', hidden_units: [16], dropout: 0.3 },
    };
    return {
      ...{ ...made, metric: 'mase' },
      candidates: [
        ...others,
        network('conv1d', { ...slow, ...convolution }),
        network('gru', { ...slow, units: 16, hidden_units: [] }),
      ],
    };
  });
  expectEndsWell(experiment);
  const errorOf = (model: string): number =>
    candidateOf(experiment, model).metrics.test.mase?.value ?? NaN;
  const measured = experiment.spec.candidates.map(({ model }) => [model, errorOf(model)] as const);
  console.info(measured.map(([model, error]) => `${model} ${error.toFixed(3)}`).join(', '));
  for (const model of ['conv1d', 'gru']) {
    expect(errorOf(model)).toBeLessThan(errorOf('last_value'));
    expect(errorOf(model)).toBeLessThan(errorOf('seasonal_naive'));
    expect(errorOf(model)).toBeLessThan(1.05 * errorOf('ridge'));
  }
}, 120_000);
