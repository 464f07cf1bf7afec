import type { Spec } from '#core/spec/spec.ts';
import type { Terms } from '#core/spec/terms.ts';

/** The spec with some of its contract's terms set; undefined takes one out, and without any the contract goes. */
export function withTerms(
  spec: Spec,
  changed: { readonly [Name in keyof Terms]?: Terms[Name] | undefined },
): Spec {
  const { contract, ...rest } = spec;
  const said = Object.entries({ ...contract, ...changed }).filter(
    ([, value]) => value !== undefined,
  );
  return said.length === 0 ? rest : { ...rest, contract: Object.fromEntries(said) };
}
