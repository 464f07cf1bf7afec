/** Which are no numbers, told by their bits: a device may compare as if there were none such. */
export const noNumbers = /* wgsl */ `
fn is_none(x: vec4f) -> vec4<bool> {
  return (bitcast<vec4u>(x) & vec4u(0x7fffffff)) > vec4u(0x7f800000);
}
`;
