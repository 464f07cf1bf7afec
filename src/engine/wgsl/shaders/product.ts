/**
 * Four columns of [4 rows, depth] · [depth, 4 · columns]: `inputs` is where the first factor stands among the values, `matrix`
 * where the second one does among the weights.
 */
export const product = /* wgsl */ `
fn product(inputs: u32, depth: u32, matrix: u32, columns: u32, column: u32) -> mat4x4f {
  var sums = mat4x4f();
  var at = matrix + column;
  for (var i = 0u; i < depth; i++) {
    let number = values[inputs + i];
    let row = weights[at];
    sums += mat4x4f(number * row.x, number * row.y, number * row.z, number * row.w);
    at += columns;
  }
  return sums;
}
`;
