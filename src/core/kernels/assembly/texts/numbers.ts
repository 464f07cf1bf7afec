// Numbers of fields that are short plain decimals.

const LF: u32 = 10;
const CR: u32 = 13;
const MINUS: u32 = 45;
const ZERO: u32 = 48;
/** Whole numbers of so many digits are exact in float64. */
const EXACT_DIGITS: usize = 15;

/**
 * Reads fields as numbers: an optional minus, and digits with at most one decimal mark among them, none of them too
 * many and no zero in front.
 *
 * @param text address of the text
 * @param starts uint32 offset of each field
 * @param quote -1 where nothing encloses fields
 * @param mark the decimal mark
 * @param out a float64 a field
 * @returns how many fields were read: fewer than `count` where the next one is no such number
 */
export function readNumbers(
  text: usize,
  starts: usize,
  count: i32,
  delimiter: u32,
  quote: i32,
  mark: u32,
  out: usize,
): i32 {
  for (let i = 0; i < count; i += 1) {
    let at = text + <usize>load<u32>(starts);
    const isQuoted = <i32>load<u8>(at) == quote;
    if (isQuoted) at += 1;
    const isNegative = <u32>load<u8>(at) == MINUS;
    if (isNegative) at += 1;
    const first = at;
    let value: u64 = 0;
    let point: usize = 0;
    let byte: u32;
    while (true) {
      byte = <u32>load<u8>(at);
      const digit = byte - ZERO;
      if (digit <= 9) value = value * 10 + <u64>digit;
      else if (byte == mark && point == 0 && (isQuoted || byte != delimiter)) point = at;
      else break;
      at += 1;
    }
    const digits = at - first - (point == 0 ? 0 : 1);
    // A doubled quote is one of the text.
    const isEnd = isQuoted
      ? <i32>byte == quote && <i32>load<u8>(at + 1) != quote
      : byte == delimiter || byte == LF || byte == CR;
    if (digits == 0 || digits > EXACT_DIGITS || point == first || !isEnd) return i;
    if (<u32>load<u8>(first) == ZERO && at != first + 1 && point != first + 1) return i;
    const whole = <f64>value;
    const number = point == 0 ? whole : whole / powerOfTen(at - 1 - point);
    store<f64>(out, isNegative ? -number : number);
    starts += 4;
    out += 8;
  }
  return count;
}

/** Exact up to the 22nd. */
function powerOfTen(exponent: usize): f64 {
  let power: f64 = 1;
  for (let i: usize = 0; i < exponent; i += 1) power *= 10;
  return power;
}
