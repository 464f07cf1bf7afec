import type { FeatureMatrix } from '#core/features/matrix.ts';
import { exp, ln } from '#core/math.ts';

/** Codes of characters, one row for each text, NaN behind the end of a text that is shorter than a row. */
type Texts = Pick<FeatureMatrix, 'values' | 'width' | 'rows'>;

/** How many characters each text has in its row. */
export function lengthsOf({ values, width, rows }: Texts): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => {
    const end = values.subarray(row * width, (row + 1) * width).findIndex(Number.isNaN);
    return end < 0 ? width : end;
  });
}

/**
 * The same texts, where they fill their rows without their first character: what comes next then has a place to stand.
 */
export function movedOn(features: FeatureMatrix): FeatureMatrix {
  const { width } = features;
  const values = features.values.slice();
  for (const [row, length] of lengthsOf(features).entries()) {
    if (length < width) continue;
    values.copyWithin(row * width, row * width + 1, (row + 1) * width);
    values[(row + 1) * width - 1] = NaN;
  }
  return { ...features, values };
}

/** Logits of a block of texts: each place of a text says which character stands there, from those before it. */
export interface PlaceLogits {
  readonly values: Float32Array;
  /** Numbers from one place to the next. */
  readonly step: number;
  /** How many characters there are. */
  readonly characters: number;
}

/**
 * What logits say of texts: the probability of each character to come next, which is that of the first free place (the
 * last one where there is none), and behind them the mean nats of the text's own characters, 0 of an empty text.
 * @returns [rows, characters + 1]
 */
export function answersOf(texts: Texts, { values, step, characters }: PlaceLogits): Float32Array {
  const { width, rows } = texts;
  const answers = new Float32Array(rows * (characters + 1));
  for (const [row, length] of lengthsOf(texts).entries()) {
    const at = (place: number): number => (row * width + place) * step;
    const logitsAt = (place: number): Float32Array =>
      values.subarray(at(place), at(place) + characters);
    let nats = 0;
    for (let place = 0; place < length; place += 1) {
      const code = texts.values[row * width + place] ?? NaN;
      const logits = logitsAt(place);
      nats += logOfSum(logits) - (logits[code] ?? NaN);
    }
    const free = logitsAt(Math.min(length, width - 1));
    const total = logOfSum(free);
    const start = row * (characters + 1);
    for (const [k, logit] of free.entries()) answers[start + k] = exp(logit - total);
    answers[start + characters] = length === 0 ? 0 : nats / length;
  }
  return answers;
}

/** Answers of the texts as they are, of which the nats count, with the probabilities of the same texts moved on. */
export function withNext(own: Float32Array, moved: Float32Array, characters: number): Float32Array {
  return own.map((value, at) =>
    at % (characters + 1) === characters ? value : (moved[at] ?? NaN),
  );
}

/** ln Σ e^x */
function logOfSum(logits: Float32Array): number {
  let top = -Infinity;
  for (const logit of logits) if (logit > top) top = logit;
  let sum = 0;
  for (const logit of logits) sum += exp(logit - top);
  return top + ln(sum);
}
