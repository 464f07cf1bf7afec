// The plain twins of the kernels of assembly/networks: matrices are rows of float32 numbers.

export type Matrix = readonly (readonly number[])[];

const { fround } = Math;

/** A · B + bias, each sum in the order of B's rows, bias last, and rounded at each step, as the kernel's are. */
export function plainProduct(a: Matrix, b: Matrix, bias: readonly number[]): number[][] {
  return a.map((row) =>
    bias.map((offset, j) =>
      fround(row.reduce((sum, x, p) => fround(sum + fround(x * (b[p]?.[j] ?? 0))), 0) + offset),
    ),
  );
}

export function plainTranspose(a: Matrix): number[][] {
  return (a[0] ?? []).map((_, j) => a.map((row) => row[j] ?? 0));
}

export function plainSums(a: Matrix): number[] {
  return (a[0] ?? []).map((_, j) => a.reduce((sum, row) => fround(sum + (row[j] ?? 0)), 0));
}

/** Probabilities of a row, and its cross-entropy, in float64. */
export function plainSoftmax(row: readonly number[], label: number): { p: number[]; loss: number } {
  const top = Math.max(...row);
  const powers = row.map((x) => Math.exp(x - top));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return {
    p: powers.map((power) => power / total),
    loss: Math.log(total) - ((row[label] ?? 0) - top),
  };
}

export interface AdamNumbers {
  readonly parameter: number;
  readonly first: number;
  readonly second: number;
}

/** One number's step of Adam, rounded to float32 at each operation. */
export function plainAdam(
  { parameter, first, second }: AdamNumbers,
  gradient: number,
  options: { rate: number; penalty: number; firstTotal: number; secondTotal: number },
): AdamNumbers {
  const [rate, penalty] = [fround(options.rate), fround(options.penalty)];
  const slope = fround(gradient + fround(penalty * parameter));
  const mean = fround(fround(first * fround(0.9)) + fround(slope * fround(0.1)));
  const square = fround(
    fround(second * fround(0.999)) + fround(fround(slope * slope) * fround(0.001)),
  );
  const size = fround(Math.sqrt(fround(square / fround(options.secondTotal))));
  const step = fround(fround(mean / fround(options.firstTotal)) / fround(size + fround(1e-7)));
  return {
    parameter: fround(parameter - fround(rate * step)),
    first: mean,
    second: square,
  };
}

/** One number's step of gradient descent with momentum, rounded to float32 at each operation. */
export function plainSgd(
  { parameter, velocity }: { readonly parameter: number; readonly velocity: number },
  gradient: number,
  options: { rate: number; penalty: number; momentum: number; nesterov: boolean },
): { parameter: number; velocity: number } {
  const [rate, penalty, momentum] = [options.rate, options.penalty, options.momentum].map(fround);
  const slope = fround(gradient + fround((penalty ?? NaN) * parameter));
  const kept = (speed: number): number => fround((momentum ?? NaN) * speed);
  const next = fround(kept(velocity) + slope);
  const step = options.nesterov ? fround(slope + kept(next)) : next;
  return { parameter: fround(parameter - fround((rate ?? NaN) * step)), velocity: next };
}

/** Σ squares in float64: of the numbers at even places, then of those at odd ones. */
export function plainSquares(values: readonly number[]): number {
  const sumFrom = (first: number): number =>
    values.reduce((sum, value, i) => (i % 2 === first ? sum + value * value : sum), 0);
  return sumFrom(0) + sumFrom(1);
}

/** Mean and variance of each column, in float64. */
export function plainMoments(a: Matrix): { mean: number; variance: number }[] {
  return (a[0] ?? []).map((_, j) => {
    const column = a.map((row) => row[j] ?? NaN);
    const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
    return { mean, variance: column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length };
  });
}
