// Causal attention over texts of vectors, float32: [texts, places, size], in which each head has its own numbers of a vector.
import { expBelowZero } from '../shared/exponentials.ts';

/**
 * What each place sees: the mean of the values of itself and the places before it, by the shares that softmax makes of
 * query · key ÷ √(numbers of a head). A head has a multiple of 4 numbers.
 *
 * @param shares [texts, heads, places, places]; those of later places stay as they are
 * @param seen [texts, places, size]
 */
export function attendCausal(
  query: usize,
  key: usize,
  value: usize,
  shares: usize,
  seen: usize,
  texts: i32,
  places: i32,
  heads: i32,
  own: i32,
): void {
  const line = (<usize>(heads * own)) << 2;
  const head = (<usize>own) << 2;
  const row = (<usize>places) << 2;
  const scale: f32 = <f32>1 / sqrt<f32>(<f32>own);
  for (let text = 0; text < texts; text += 1) {
    const start = <usize>text * <usize>places * line;
    for (let h: usize = 0; h < line; h += head) {
      for (let i = 0; i < places; i += 1) {
        const at = start + h + <usize>i * line;
        score(query + at, key + start + h, line, head, i + 1, scale, shares);
        share(shares, i + 1);
        blend(shares, value + start + h, line, head, i + 1, seen + at);
        shares += row;
      }
    }
  }
}

/** The dot products of a vector with each of so many, times a factor. */
function score(
  vector: usize,
  others: usize,
  line: usize,
  bytes: usize,
  count: i32,
  factor: f32,
  to: usize,
): void {
  for (let j = 0; j < count; j += 1) {
    store<f32>(to, factor * dot(vector, others, bytes));
    others += line;
    to += 4;
  }
}

function dot(a: usize, b: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}

/** Scores become shares of sum 1: e^(x − largest) ÷ their sum. */
function share(scores: usize, count: i32): void {
  let top = load<f32>(scores);
  for (let j = 1; j < count; j += 1) top = max(top, load<f32>(scores + ((<usize>j) << 2)));
  const largest = f64x2.splat(<f64>top);
  let total: f64 = 0;
  for (let j = 0; j < count; j += 2) {
    const at = scores + ((<usize>j) << 2);
    const isPair = j + 1 < count;
    const x = isPair ? v128.load64_zero(at) : v128.load32_zero(at);
    const powers = expBelowZero(f64x2.sub(f64x2.promote_low_f32x4(x), largest));
    store<f32>(at, <f32>f64x2.extract_lane(powers, 0));
    total += f64x2.extract_lane(powers, 0);
    if (isPair) {
      store<f32>(at + 4, <f32>f64x2.extract_lane(powers, 1));
      total += f64x2.extract_lane(powers, 1);
    }
  }
  const factor = <f32>(1 / total);
  for (let j = 0; j < count; j += 1) {
    const at = scores + ((<usize>j) << 2);
    store<f32>(at, load<f32>(at) * factor);
  }
}

/** The sum of so many vectors, each times its share. */
function blend(
  shares: usize,
  vectors: usize,
  line: usize,
  bytes: usize,
  count: i32,
  to: usize,
): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = f32x4.splat(0);
    let vector = vectors + at;
    for (let j = 0; j < count; j += 1) {
      const factor = v128.load32_splat(shares + ((<usize>j) << 2));
      sum = f32x4.add(sum, f32x4.mul(factor, v128.load(vector)));
      vector += line;
    }
    v128.store(to + at, sum);
  }
}

/**
 * From the derivatives by what places see to those by queries, keys and values.
 *
 * @param shares as `attendCausal` left them
 * @param derivatives by `seen`
 * @param room for as many numbers as there are places
 */
export function attendCausalBack(
  query: usize,
  key: usize,
  value: usize,
  shares: usize,
  derivatives: usize,
  byQuery: usize,
  byKey: usize,
  byValue: usize,
  texts: i32,
  places: i32,
  heads: i32,
  own: i32,
  room: usize,
): void {
  const line = (<usize>(heads * own)) << 2;
  const head = (<usize>own) << 2;
  const row = (<usize>places) << 2;
  const scale: f32 = <f32>1 / sqrt<f32>(<f32>own);
  const all = <usize>texts * <usize>places * line;
  memory.fill(byQuery, 0, all);
  memory.fill(byKey, 0, all);
  memory.fill(byValue, 0, all);
  for (let text = 0; text < texts; text += 1) {
    const start = <usize>text * <usize>places * line;
    for (let h: usize = 0; h < line; h += head) {
      const base = start + h;
      for (let i = 0; i < places; i += 1) {
        const at = base + <usize>i * line;
        score(derivatives + at, value + base, line, head, i + 1, 1, room);
        shareBack(shares, room, i + 1, scale);
        for (let j = 0; j <= i; j += 1) {
          const other = base + <usize>j * line;
          const slope = load<f32>(room + ((<usize>j) << 2));
          addTimes(byQuery + at, key + other, head, slope);
          addTimes(byKey + other, query + at, head, slope);
          addTimes(byValue + other, derivatives + at, head, load<f32>(shares + ((<usize>j) << 2)));
        }
        shares += row;
      }
    }
  }
}

/** Derivatives by shares become those by the scores that they were, times a factor. */
function shareBack(shares: usize, derivatives: usize, count: i32, factor: f32): void {
  let mean: f32 = 0;
  for (let j = 0; j < count; j += 1) {
    const at = (<usize>j) << 2;
    mean += load<f32>(shares + at) * load<f32>(derivatives + at);
  }
  for (let j = 0; j < count; j += 1) {
    const at = (<usize>j) << 2;
    const slope = load<f32>(shares + at) * (load<f32>(derivatives + at) - mean);
    store<f32>(derivatives + at, slope * factor);
  }
}

function addTimes(to: usize, from: usize, bytes: usize, factor: f32): void {
  const factors = f32x4.splat(factor);
  for (let at: usize = 0; at < bytes; at += 16) {
    const product = f32x4.mul(v128.load(from + at), factors);
    v128.store(to + at, f32x4.add(v128.load(to + at), product));
  }
}
