import { mathBits } from '../support/math-bits.ts';

console.log(JSON.stringify(await mathBits()));
