/** A trained tensor: what is hashed, emitted and compared. Trees keep indexes and thresholds in the wider types. */
export interface WeightTensor<Values extends WeightValues = WeightValues> {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Values;
}

export type WeightValues = Float32Array | Float64Array | Int32Array;

/** A named float32 tensor; throws where the trainer did not give it. */
export function weightOf(
  weights: readonly WeightTensor[],
  name: string,
): WeightTensor<Float32Array> {
  return weightOfType(weights, name, Float32Array);
}

/** A named tensor of another type, for example `weightOfType(weights, 'threshold', Float64Array)`. */
export function weightOfType<Values extends WeightValues>(
  weights: readonly WeightTensor[],
  name: string,
  type: new () => Values,
): WeightTensor<Values> {
  const found = weights.find((weight) => weight.name === name);
  if (found?.values instanceof type) return { ...found, values: found.values };
  throw new RangeError(`the trained model has no ${type.name} named ${name}`);
}
