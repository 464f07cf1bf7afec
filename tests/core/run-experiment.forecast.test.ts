import { beforeAll, describe, expect, it } from 'vitest';
import type { Spec } from '#core/spec/spec.ts';
import { withForecast } from '#core/spec/propose-forecast.ts';
import type { Forecast } from '#core/spec/forecast.ts';
import { candidateOf, expectEndsWell, runDataset, type Experiment } from '../support/experiment.ts';
import { readText } from '../support/csv.ts';
import { weatherCsv, weatherForecast } from '../support/weather.ts';

/** A ridge beside the baselines is enough to see what a forecast is. */
async function forecastWeather(
  forecast: Forecast = weatherForecast,
  change: (spec: Spec) => Spec = (spec) => spec,
): Promise<Experiment> {
  const dataset = await readText(weatherCsv());
  return runDataset(dataset, 'temp_max', (spec) => {
    const made = withForecast(spec, dataset.info, forecast);
    const quick = made.candidates.filter(({ model }) => model !== 'mlp');
    return change({ ...made, metric: 'mase', candidates: quick });
  });
}

describe('tomorrow’s highest temperature in Seattle', () => {
  let experiment: Experiment;
  beforeAll(async () => {
    experiment = await forecastWeather();
  });

  it('runs to its end: the graph makes the lags that the trainer made', () => {
    expectEndsWell(experiment);
  });

  it('a model of the last days beats both baselines, and a scaled error below 1 says so', () => {
    const errorOf = (model: string): number =>
      candidateOf(experiment, model).metrics.test.mase?.value ?? NaN;
    expect(errorOf('ridge')).toBeLessThan(errorOf('last_value'));
    expect(errorOf('last_value')).toBeLessThan(errorOf('seasonal_naive'));
    expect(errorOf('ridge')).toBeLessThan(0.8);
  });
});
