/**
 * Rows go in quads, and a vector holds one number of each row of a quad. A batch may end within its last quad: `present` says
 * which of its rows are there.
 */
export const quadRows = /* wgsl */ `
fn places(quad: u32) -> vec4u { return vec4u(4 * quad) + vec4u(0, 1, 2, 3); }

fn present(quad: u32) -> vec4<bool> { return places(quad) < vec4u(step.rows); }
`;

/** `rows_of` gives the quad's rows in the data set; in the place of a missing one stands the first. */
export const orderedRows = /* wgsl */ `${quadRows}
fn rows_of(quad: u32) -> vec4u {
  let at = vec4u(step.first) + select(vec4u(4 * quad), places(quad), present(quad));
  return vec4u(order[at.x], order[at.y], order[at.z], order[at.w]);
}
`;
