// Writes a CSV of twelve mixed columns: node mixed-rows.mjs ROWS FILE. The same rows every time.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

const [rows = '0', file = ''] = process.argv.slice(2);
const out = createWriteStream(file);
let state = 12345;

/** The next of a sequence of numbers in [0, 1): a linear congruential generator of Numerical Recipes. */
function next() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

/** @param {number} below */
const whole = (below) => Math.floor(next() * below);
const regions = ['north', 'south', 'east', 'west', 'centre'];

let text = 'id,when,region,product,price,quantity,weight,temperature,score,active,code,note\n';
for (let row = 0; row < Number(rows); row += 1) {
  const fields = [
    100_000 + row * 7,
    new Date(1.5e12 + whole(1e11)).toISOString().slice(0, 19),
    regions[whole(5)],
    `product ${whole(200)}`,
    (next() * 1000).toFixed(2),
    whole(50),
    (next() * 80 + 1).toFixed(4),
    (next() * 60 - 20).toFixed(1),
    next().toFixed(8),
    next() < 0.5 ? 'yes' : 'no',
    next() < 0.02 ? '' : `K${whole(9999)}`,
    `"note ${whole(1e6)}, ${next() < 0.5 ? 'fine' : 'late'}"`,
  ];
  text += `${fields.join(',')}\n`;
  if (text.length > 1 << 20) {
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
}
out.end(text);
