/**
 * What a pack of files is called: the words that their names begin with in common, as `sales` of
 * `sales-2023.csv` and `sales-2024.csv`, else the first name and how many more. In whatever order they come.
 */
export function packName(names: readonly string[]): string {
  const stems = names.map(stemOf).sort((a, b) => (a < b ? -1 : 1));
  const [first = 'files'] = stems;
  const common = commonWords(stems);
  if (common !== '') return `${common}.zip`;
  return names.length === 1 ? `${first}.zip` : `${first} and ${names.length - 1} more.zip`;
}

/** A file's name without its folders and its ending. */
function stemOf(name: string): string {
  const own = name.slice(name.lastIndexOf('/') + 1);
  return own.replace(/(.)(\.[a-z]\w{0,7}){1,2}$/i, '$1');
}

function commonWords(sorted: readonly string[]): string {
  const first = sorted[0] ?? '';
  const last = sorted.at(-1) ?? '';
  let length = 0;
  while (length < first.length && first[length] === last[length]) length += 1;
  const common = first.slice(0, length);
  const goesOn = sorted.some((stem) => /^\p{L}/u.test(stem.slice(length)));
  return (goesOn ? common.replace(/\p{L}+$/u, '') : common).replace(/[^\p{L}]+$/u, '');
}
