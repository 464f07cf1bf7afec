import type { DatasetInfo } from '#core/data/table.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import type { Forecast } from './forecast.ts';
import { candidateOf } from './propose-spec.ts';
import type { Spec } from './spec.ts';
import { withStepsThatFollow } from './steps-follow.ts';

/**
 * A regression made a forecast: split by time, with steps that follow its inputs, and the baselines that a forecast
 * has to beat in front of the other candidates.
 */
export function withForecast(spec: Spec, info: DatasetInfo, forecast: Forecast): Spec {
  const baselines = ['last_value', ...(forecast.season === undefined ? [] : ['seasonal_naive'])];
  const others = spec.candidates.filter(({ model }) => !estimatorNamed(model).baseline);
  const { train, validation, test, folds } = spec.split;
  const inTime: Spec = {
    ...spec,
    task: 'regression',
    forecast,
    split: {
      method: 'time',
      by: forecast.time,
      stratify: false,
      train,
      validation,
      test,
      ...(folds === undefined ? {} : { folds }),
    },
    candidates: [...baselines.map((name) => candidateOf(estimatorNamed(name))), ...others],
  };
  return withStepsThatFollow(spec, inTime, info);
}

/** The same regression without time: what is only for forecasts is taken out. */
export function withoutForecast(spec: Spec, info: DatasetInfo): Spec {
  const candidates = spec.candidates.filter(
    ({ model }) => estimatorNamed(model).repeats === undefined,
  );
  const hasBaseline = candidates.some(({ model }) => estimatorNamed(model).baseline);
  const plain: Spec = {
    ...spec,
    forecast: undefined,
    metric: spec.metric === 'mase' ? 'mae' : spec.metric,
    candidates: hasBaseline ? candidates : [candidateOf(estimatorNamed('mean')), ...candidates],
  };
  return withStepsThatFollow(spec, plain, info);
}
