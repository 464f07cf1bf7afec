import { parse } from 'svelte/compiler';
import ts from 'typescript';

/** One reference from a file to a module. */
export interface ImportReference {
  /** As written, or undefined when it is computed and so cannot be checked. */
  readonly specifier: string | undefined;
  readonly line: number;
  readonly kind: 'import' | 'url';
}

/** Every static and dynamic import, re-export and `new URL(…, import.meta.url)` of a .ts, .mjs or .svelte file. */
export function readImports(path: string, text: string): ImportReference[] {
  return path.endsWith('.svelte') ? readSvelte(text) : readScript(path, text);
}

function readScript(path: string, text: string): ImportReference[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: ImportReference[] = [];
  const add = (node: ts.Node, target: ts.Node | undefined, kind: ImportReference['kind']) => {
    const specifier =
      target !== undefined && ts.isStringLiteralLike(target) ? target.text : undefined;
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push({ specifier, line, kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, 'import');
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      add(node, node.moduleSpecifier, 'import');
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, 'import');
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node, node.arguments[0], 'import');
    } else if (ts.isNewExpression(node) && node.expression.getText() === 'URL') {
      const [target, base] = node.arguments ?? [];
      if (base?.getText() === 'import.meta.url') add(node, target, 'url');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What the walk needs of a node in Svelte's tree; most nodes have only some of it. */
interface TreeNode {
  readonly type?: unknown;
  readonly start?: unknown;
  readonly source?: unknown;
  readonly callee?: unknown;
  readonly arguments?: unknown;
  readonly [key: string]: unknown;
}

function readSvelte(text: string): ImportReference[] {
  const found: ImportReference[] = [];
  const add = (node: TreeNode, target: unknown, kind: ImportReference['kind']) => {
    const line = text.slice(0, Number(node.start)).split('\n').length;
    const value = isNode(target) && target.type === 'Literal' ? target.value : undefined;
    found.push({ specifier: typeof value === 'string' ? value : undefined, line, kind });
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isNode(value)) return;
    const { type, source } = value;
    if (type === 'ImportDeclaration' || type === 'ImportExpression') add(value, source, 'import');
    else if (type === 'TSImportType') add(value, value.argument, 'import');
    else if (/^Export(Named|All)Declaration$/.test(String(type)) && isNode(source)) {
      add(value, source, 'import');
    } else if (type === 'NewExpression') visitNew(value, add, text);
    for (const [key, child] of Object.entries(value)) if (key !== 'parent') visit(child);
  };
  visit(parse(text, { modern: true }));
  return found;
}

function visitNew(
  node: TreeNode,
  add: (node: TreeNode, target: unknown, kind: 'url') => void,
  text: string,
) {
  const { callee } = node;
  const [target, base] = Array.isArray(node.arguments) ? (node.arguments as unknown[]) : [];
  if (!isNode(callee) || callee.name !== 'URL' || !isNode(base)) return;
  if (text.slice(Number(base.start), Number(base.end)) === 'import.meta.url')
    add(node, target, 'url');
}

function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
