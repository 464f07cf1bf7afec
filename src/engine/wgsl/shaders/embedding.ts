import { constantsOf } from './constants.ts';

/** A coded feature's vectors. */
export interface CodeTable {
  readonly feature: number;
  readonly categories: number;
  /** Numbers of a vector, and in fours. */
  readonly size: number;
  readonly columns: number;
  /** Where its vectors begin in what the layer gives. */
  readonly first: number;
  /** Where the table stands among the weights, and the derivatives by it among the gradients. */
  readonly at: number;
  readonly gradients: number;
}

/** So many tables stand in a shader, which holds a list of constants of at most 8192 bytes. */
export const MOST_TABLES = 256;

/** Where an embedding works, in a quad's values. */
export interface EmbeddingPlace {
  /** Numbers that it gives. */
  readonly WIDTH: number;
  readonly GIVEN: number;
  readonly GIVES: number;
  readonly SLOPES: number;
}

/**
 * Codes become vectors, behind the features that are none. Each is the number of a row (settled-codes.ts); what is missing or
 * unknown has the last one.
 *
 * Entry points: `look_up`, a thread for each number behind it of a quad; `gather` for the derivatives by vectors, a thread for each
 * four numbers of a table and that for each table: it visits all rows in their order.
 */
export function embeddingPass(tables: readonly CodeTable[], place: EmbeddingPlace): string {
  const vectors = tables.reduce((sum, { size }) => sum + size, 0);
  const rows = tables.map(
    ({ feature, categories, size, columns, first, at, gradients }) =>
      `Table(${[feature, categories, size, columns, first, at, gradients].join(', ')})`,
  );
  const coded = tables.map(({ feature }) => feature).toSorted((a, b) => a - b);
  return /* wgsl */ `${constantsOf({ ...place, PLAIN: place.WIDTH - vectors, TABLES: tables.length })}
struct Table {
  feature: u32,
  categories: u32,
  size: u32,
  columns: u32,
  first: u32,
  at: u32,
  gradients: u32,
}
const tables = array<Table, TABLES>(${rows.join(', ')});
// Which features have codes, in their order.
const coded = array<u32, TABLES>(${coded.join(', ')});
${entryPoints}`;
}

const entryPoints = /* wgsl */ `
// The rows of the table that a quad's codes stand for.
fn rows_in(table: Table, quad: u32) -> vec4u {
  return vec4u(values[quad * QUAD + GIVEN + table.feature]);
}

// The feature that is the k-th without codes.
fn plain_feature(k: u32) -> u32 {
  var feature = k;
  for (var i = 0u; i < TABLES; i++) { if (coded[i] <= feature) { feature++; } }
  return feature;
}

@compute @workgroup_size(THREADS)
fn look_up(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= WIDTH) { return; }
  let to = id.y * QUAD + GIVES + id.x;
  if (id.x < PLAIN) {
    values[to] = values[id.y * QUAD + GIVEN + plain_feature(id.x)];
    return;
  }
  var k = 0u;
  while (k + 1 < TABLES && id.x >= tables[k + 1].first) { k++; }
  let table = tables[k];
  let number = id.x - table.first;
  let at = vec4u(table.at + number / 4) + rows_in(table, id.y) * table.columns;
  let i = number % 4;
  values[to] = vec4f(weights[at.x][i], weights[at.y][i], weights[at.z][i], weights[at.w][i]);
}

@compute @workgroup_size(THREADS)
fn gather(@builtin(global_invocation_id) id: vec3u) {
  let table = tables[id.y];
  let row = id.x / table.columns;
  let column = id.x % table.columns;
  if (row > table.categories) { return; }
  var sum = vec4f();
  for (var quad = 0u; quad < (step.rows + 3) / 4; quad++) {
    let is_own = vec4f(rows_in(table, quad) == vec4u(row));
    let at = quad * QUAD + SLOPES + table.first + 4 * column;
    for (var i = 0u; i < 4; i++) {
      if (4 * column + i < table.size) { sum[i] += dot(is_own, values[at + i]); }
    }
  }
  gradients[table.gradients + id.x] = sum;
}
`;
