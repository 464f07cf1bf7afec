// How large a file may grow and what it may be called.

const maxLines = { src: 300, workers: 60 };

const kebab = '[a-z0-9]+(-[a-z0-9]+)*';
const fileNames = new RegExp(
  `^(${kebab}(\\.svelte|\\.worker|\\.d)?\\.ts|${kebab}\\.(mjs|css|html|json|wgsl)|([A-Z][a-z0-9]*)+\\.svelte)$`,
);
const folderName = new RegExp(`^${kebab}$`);
const noDrawers = /^(utils?|helpers?|misc|common)(\.|$)/;
const runes = /\$(state|derived|effect|props)\b/;

/** What is wrong with a file's size or name; empty when nothing is. `path` is named from the repository's folder. */
export function roomBreaches(path: string, text: string): string[] {
  const breaches: string[] = [];
  const lines = text.replace(/\n$/, '').split('\n').length;
  const most = path.startsWith('workers/') ? maxLines.workers : maxLines.src;
  if (lines > most) breaches.push(`${path} has ${lines} lines; at most ${most} fit this room`);

  const folders = path.split('/');
  const name = folders.pop() ?? '';
  if (name !== 'App.svelte' && !fileNames.test(name)) {
    breaches.push(
      `${path}: a file is called kebab-case.ts, PascalCase.svelte or kebab-case.svelte.ts`,
    );
  }
  for (const folder of folders.filter((part) => !folderName.test(part))) {
    breaches.push(`${path}: the folder ${folder} is not in kebab-case`);
  }
  if ([...folders, name].some((part) => noDrawers.test(part))) {
    breaches.push(`${path}: a drawer for anything; name it after what it holds`);
  }
  if (name === 'index.ts') breaches.push(`${path}: no barrels; import from the file itself`);
  if (name.endsWith('.worker.ts') && folders[0] !== 'workers') {
    breaches.push(`${path}: a worker's entry belongs in workers/`);
  }
  if (name.endsWith('.svelte.ts') && !runes.test(text)) {
    breaches.push(`${path}: .svelte.ts is for files with runes`);
  }
  return breaches;
}
