/**
 * Elementary functions with the same bits on every machine. JavaScript's own exp, log, pow, sin, cos
 * and tanh differ between engine versions in the last place; what reaches weights, splits or metrics
 * goes through these (lint forbids the rest in core and engine). `Math.sqrt`, `abs`, `floor`, `fround`
 * and the four operations are exact by specification and may be used directly.
 */
export { default as exp } from '@stdlib/math-base-special-exp';
export { default as ln } from '@stdlib/math-base-special-ln';
export { default as pow } from '@stdlib/math-base-special-pow';
export { default as tanh } from '@stdlib/math-base-special-tanh';
export { default as sin } from '@stdlib/math-base-special-sin';
export { default as cos } from '@stdlib/math-base-special-cos';
