/** Constants in WGSL; a whole one without a sign takes the type that its place asks for. */
export function constantsOf(constants: Readonly<Record<string, number | boolean>>): string {
  return Object.entries(constants)
    .map(([name, value]) => `const ${name} = ${value};\n`)
    .join('');
}
