/** The smallest number that 16 bits can hold: 2⁻²⁴. */
const SMALLEST = 1 / 16_777_216;
/** By how much the exponents of float32 are counted from further down. */
const SHIFT = 127 - 15;

/** Numbers of 16 bits (IEEE 754 binary16, little-endian) as float32, which holds each of them exactly. */
export function halfFloats(view: DataView, count: number): Float32Array {
  const bits = new Uint32Array(count);
  const values = new Float32Array(bits.buffer);
  for (let i = 0; i < count; i += 1) {
    const half = view.getUint16(2 * i, true);
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) {
      values[i] = (half & 0x8000 ? -1 : 1) * fraction * SMALLEST;
    } else {
      const wide = exponent === 31 ? 255 : exponent + SHIFT;
      bits[i] = ((half & 0x8000) << 16) | (wide << 23) | (fraction << 13);
    }
  }
  return values;
}
