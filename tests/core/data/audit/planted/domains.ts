import type { RandomStream } from '#core/random.ts';
import { between, column, normal, pick, weighted } from './draw.ts';
import type { Columns } from './table.ts';

/** An innocent table to put faults into: every column plausible, none of them telling the target alone. */
export interface Base {
  readonly rows: number;
  /** The inputs, then the target. */
  readonly columns: Columns;
  readonly target: string;
  /** What the inputs together say about the target, one number per row, deviation about 1. */
  readonly score: readonly number[];
}

export type Domain = (random: RandomStream, rows: number) => Base;

/** Classes cut from a noisy score by rank, so that each has exactly its share of the rows. */
export function classes(
  random: RandomStream,
  score: readonly number[],
  shares: Readonly<Record<string, number>>,
  noise = 1.2,
): string[] {
  const noisy = score.map((value) => value + noise * random.normal());
  const order = [...noisy.keys()].sort((a, b) => (noisy[a] ?? 0) - (noisy[b] ?? 0));
  const labels = Array<string>(score.length).fill('');
  let from = 0;
  let cumulated = 0;
  for (const [label, share] of Object.entries(shares)) {
    cumulated += share;
    const to = Math.round(cumulated * score.length);
    for (const row of order.slice(from, to)) labels[row] = label;
    from = to;
  }
  return labels;
}

/** A quantity that follows the score: its correlation with it is 1 / √(1 + noise²). */
export function quantity(
  random: RandomStream,
  score: readonly number[],
  mean: number,
  deviation: number,
  { noise = 1, decimals = 0 } = {},
): string[] {
  const scale = deviation / Math.sqrt(1 + noise * noise);
  return score.map((value) => (mean + scale * (value + noise * random.normal())).toFixed(decimals));
}

function base(
  rows: number,
  inputs: Columns,
  score: readonly number[],
  target: string,
  cells: readonly string[],
): Base {
  return { rows, columns: { ...inputs, [target]: cells }, target, score };
}

/** The sum of some columns' standardized values, scaled to deviation 1. */
function mixed(inputs: Columns, weights: Readonly<Record<string, number>>): number[] {
  const parts = Object.entries(weights).map(([name, weight]) =>
    standardized((inputs[name] ?? []).map(Number)).map((value) => weight * value),
  );
  const sums = (parts[0] ?? []).map((_, row) =>
    parts.reduce((sum, part) => sum + (part[row] ?? 0), 0),
  );
  return standardized(sums);
}

export function standardized(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance =
    values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length;
  return values.map((value) => (value - mean) / Math.sqrt(variance));
}

/** Patients of a clinic; target `outcome`, 60 to 40. */
export const clinic: Domain = (random, rows) => {
  const inputs: Columns = {
    age: column(rows, () => Math.round(Math.min(92, Math.max(18, normal(random, 54, 14))))),
    sex: column(rows, () => pick(random, ['female', 'male'])),
    height_cm: column(rows, () => normal(random, 170, 9).toFixed(1)),
    weight_kg: column(rows, () => normal(random, 76, 11).toFixed(1)),
    systolic: column(rows, () => Math.round(normal(random, 128, 14))),
    cholesterol: column(rows, () => normal(random, 5.2, 0.8).toFixed(2)),
    smoker: column(rows, () => weighted(random, { never: 0.5, former: 0.3, current: 0.2 })),
  };
  const score = mixed(inputs, { age: 1, systolic: 0.8, cholesterol: 0.8, weight_kg: 0.5 });
  return base(rows, inputs, score, 'outcome', classes(random, score, { no: 0.6, yes: 0.4 }));
};

/** Dwellings; target `price`, a quantity. */
export const houses: Domain = (random, rows) => {
  const inputs: Columns = {
    area_m2: column(rows, () => Math.max(32, normal(random, 110, 24)).toFixed(1)),
    rooms: column(rows, () => between(random, 2, 7)),
    built: column(rows, () => between(random, 1950, 2020)),
    condition: column(rows, () => weighted(random, { poor: 0.2, fair: 0.45, good: 0.35 })),
    heating: column(rows, () => pick(random, ['gas', 'district', 'heat pump'])),
    distance_km: column(rows, () => (1 + 19 * random.uniform()).toFixed(2)),
    floor: column(rows, () => between(random, 0, 6)),
  };
  const score = mixed(inputs, { area_m2: 1, rooms: 0.5, built: 0.5, distance_km: -0.7 });
  return base(rows, inputs, score, 'price', quantity(random, score, 412_000, 80_000));
};

/** Orders of a shop; target `returned`, 65 to 35. */
export const orders: Domain = (random, rows) => {
  const inputs: Columns = {
    region: column(rows, () => pick(random, ['north', 'south', 'east', 'west'])),
    channel: column(rows, () => weighted(random, { web: 0.5, shop: 0.3, phone: 0.2 })),
    quantity: column(rows, () => between(random, 1, 12)),
    unit_price: column(rows, () => (5 + 90 * random.uniform()).toFixed(2)),
    discount: column(rows, () => pick(random, [0, 5, 10, 15, 20])),
    delivery_days: column(rows, () => between(random, 1, 9)),
  };
  const score = mixed(inputs, { unit_price: 1, delivery_days: 0.8, discount: -0.6, quantity: 0.4 });
  return base(rows, inputs, score, 'returned', classes(random, score, { no: 0.65, yes: 0.35 }));
};

/** Readings of machines; target `state`, three balanced classes. */
export const machines: Domain = (random, rows) => {
  const inputs: Columns = {
    temperature: column(rows, () => normal(random, 61, 6).toFixed(2)),
    vibration: column(rows, () => normal(random, 2.4, 0.45).toFixed(3)),
    pressure: column(rows, () => normal(random, 1013, 9).toFixed(1)),
    speed_rpm: column(rows, () => Math.round(normal(random, 1480, 60))),
    line: column(rows, () => pick(random, ['A', 'B', 'C'])),
    shift: column(rows, () => pick(random, ['early', 'late', 'night'])),
  };
  const score = mixed(inputs, { temperature: 1, vibration: 1, pressure: 0.4, speed_rpm: 0.4 });
  const labels = classes(random, score, { fine: 1 / 3, worn: 1 / 3, failing: 1 / 3 });
  return base(rows, inputs, score, 'state', labels);
};

/** Answers to questions from 1 to 5; target `satisfied`, half and half. */
export const survey: Domain = (random, rows) => {
  const answer = (): string[] => column(rows, () => between(random, 1, 5));
  const inputs: Columns = {
    region: column(rows, () => pick(random, ['coast', 'hills', 'plain', 'city'])),
    education: column(rows, () => pick(random, ['primary', 'secondary', 'tertiary'])),
    hours_per_week: column(rows, () => normal(random, 34, 5.5).toFixed(1)),
    q1_service: answer(),
    q2_price: answer(),
    q3_speed: answer(),
    q4_staff: answer(),
    q5_website: answer(),
  };
  const score = mixed(inputs, { q1_service: 1, q2_price: 0.8, q3_speed: 0.8, q4_staff: 0.7 });
  return base(rows, inputs, score, 'satisfied', classes(random, score, { no: 0.5, yes: 0.5 }));
};
