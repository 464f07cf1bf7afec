/**
 * What a layer's numbers are times in training, in WGSL: 0 where they are dropped by a hash below `limit`, otherwise `factor`;
 * `index` is the dropout's place among the layers, `width` how many numbers a row has there. The hash of the place is
 * core/networks/drop-mask.ts's, so that all backends drop the same ones.
 * @param seed the training's own
 */
export const droppingBy = (seed: number): string => /* wgsl */ `
fn hashed(words: vec4u) -> vec4u {
  var h = words;
  h = (h ^ (h >> vec4u(16))) * 0x85ebca6bu;
  h = (h ^ (h >> vec4u(13))) * 0xc2b2ae35u;
  return h ^ (h >> vec4u(16));
}

struct Drop { index: u32, limit: u32, factor: f32, width: u32 }

// Of the quad's four rows.
fn kept(drop: Drop, quad: u32, unit: u32) -> vec4f {
  if (drop.limit == 0u) { return vec4f(1); }
  let key = hashed(hashed(hashed(vec4u(${seed >>> 0}u)) + step.number) + drop.index);
  let hashes = hashed(key + places(quad) * drop.width + unit);
  return select(vec4f(drop.factor), vec4f(), hashes < vec4u(drop.limit));
}
`;
