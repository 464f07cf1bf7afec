/**
 * The import cycles of a graph, each as the path that closes it (`a → b → a`), and each group of files that reach
 * one another told once.
 *
 * @param graph every file with the files that it imports
 */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const cycles: string[][] = [];

  const visit = (file: string, path: string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) {
      cycles.push([...path.slice(start), file]);
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };

  for (const file of [...graph.keys()].sort()) visit(file, []);
  return cycles;
}
