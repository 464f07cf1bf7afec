import * as v from 'valibot';

/** The most rows that a forecast may look back, and the most steps that it may look ahead. */
const MAX_REACH = 1000;
export const rollingStatistics = ['mean', 'std', 'min', 'max'] as const;
export type RollingStatistic = (typeof rollingStatistics)[number];

const text = v.pipe(v.string(), v.nonEmpty('must not be empty'));

function integer(min: number, max: number) {
  return v.pipe(
    v.number(),
    v.integer('must be an integer'),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  );
}

function distinctIntegers(min: number, max: number) {
  return v.pipe(
    v.array(integer(min, max)),
    v.minLength(1, 'must hold at least one number'),
    v.check((list) => new Set(list).size === list.length, 'must be different numbers'),
  );
}

/** Of a regression whose rows stand in time: the target is predicted from what was known some rows earlier. */
export const forecastSchema = v.strictObject({
  /** The column of times, dates or numbers; the time that is predicted is an input of the model. */
  time: text,
  /** The column whose values name series that have nothing to do with each other. */
  series: v.optional(text),
  /** How many rows after the last known one the predicted one comes. */
  horizon: v.optional(integer(1, MAX_REACH), 1),
  /** Rows back from the last known one, 0, whose values of the target and of `inputs` are features. */
  lags: v.optional(distinctIntegers(0, MAX_REACH - 1), [0, 1, 2]),
  /** Numeric columns that are looked back at as the target is. All other columns are left out. */
  inputs: v.optional(v.array(text), []),
  /** Statistics of the target's last values, each over each of the windows. */
  rolling: v.optional(
    v.strictObject({
      windows: distinctIntegers(2, MAX_REACH),
      statistics: v.optional(
        v.pipe(
          v.array(v.picklist(rollingStatistics)),
          v.minLength(1, 'must hold at least one statistic'),
          v.check((list) => new Set(list).size === list.length, 'must be different statistics'),
        ),
        ['mean'],
      ),
    }),
  ),
  /** How many last rows a forecast looks back on at least: what reads sequences sees all of them. */
  window: v.optional(integer(1, MAX_REACH)),
  /** Rows after which it begins again: what the seasonal naive baseline repeats, and a lag more. */
  season: v.optional(integer(2, MAX_REACH)),
});

export type Forecast = v.InferOutput<typeof forecastSchema>;

/** What is made of a window: values so many rows before its end, and statistics of its last values. */
export const windowSchema = v.strictObject({
  /** Values in the window, oldest first; the last one is known when the forecast is made. */
  rows: v.number(),
  lags: v.array(v.number()),
  rolling: v.optional(
    v.strictObject({
      windows: v.array(v.number()),
      statistics: v.array(v.picklist(rollingStatistics)),
    }),
  ),
});
export type WindowPlan = v.InferOutput<typeof windowSchema>;

/** Rows back from the last known one to the one that is a whole number of seasons before the predicted one. */
export function seasonalLag({ horizon }: Pick<Forecast, 'horizon'>, season: number): number {
  return season * Math.ceil(horizon / season) - horizon;
}

/** The windows of the target and of the other columns that are looked back at, all of one length. */
export function windowPlans(forecast: Forecast): {
  readonly target: WindowPlan;
  readonly input: WindowPlan;
} {
  const { season, rolling, window = 1 } = forecast;
  const seasonal = season === undefined ? [] : [seasonalLag(forecast, season)];
  const lags = [...new Set([...forecast.lags, ...seasonal])].sort((a, b) => a - b);
  const rows = Math.max(window, 1 + (lags.at(-1) ?? 0), ...(rolling?.windows ?? []));
  const given = { rows, lags: forecast.lags.toSorted((a, b) => a - b) };
  return { target: { rows, lags, ...(rolling === undefined ? {} : { rolling }) }, input: given };
}

/** How far apart rows are, where most are alike: milliseconds of dates, whole months, or units of numbers. */
const timeStepSchema = v.strictObject({
  unit: v.picklist(['milliseconds', 'months', 'units']),
  size: v.number(),
});
export type TimeStep = v.InferOutput<typeof timeStepSchema>;

/** How a contract says what rows a forecast needs. */
export const contractForecastSchema = v.strictObject({
  horizon: v.number(),
  /** Rows of each series that a forecast is made from, the last ones. */
  rows: v.number(),
  /** How the column of times is read, and how far apart its rows are. */
  time: v.strictObject({
    name: v.string(),
    type: v.picklist(['datetime', 'numeric']),
    missing: v.array(v.string()),
    decimal: v.optional(v.picklist(['.', ','])),
    dates: v.optional(v.picklist(['day_first', 'month_first'])),
    step: timeStepSchema,
  }),
  series: v.optional(v.strictObject({ name: v.string(), missing: v.array(v.string()) })),
  /** Rows back that the error below is of: a season, or 1. */
  season: v.number(),
  /** Mean absolute difference of the training rows' targets to those a season earlier; absent where there is none. */
  naiveError: v.optional(v.number()),
});
export type ContractForecast = v.InferOutput<typeof contractForecastSchema>;
