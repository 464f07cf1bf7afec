import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runPython } from './python.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'terrarium-scripts-')));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file that no other call has run. */
let count = 0;
function script(text: string): string {
  const path = join(folder, `script_${String((count += 1))}.py`);
  writeFileSync(path, text);
  return path;
}

it('a script gets its input, arguments and folder, and imports the files beside it', async () => {
  writeFileSync(join(folder, 'beside.py'), 'seen = []\n');
  const path = script(`import os, sys
from beside import seen
seen.append(sys.stdin.read())
if __name__ == "__main__":
    print(seen, sys.argv[1:], os.getcwd(), __file__)
`);
  const call = { args: ['a', 'b c'], input: 'Dréam\n', cwd: folder };
  for (let i = 0; i < 2; i += 1) {
    expect(await runPython(path, call)).toBe(`['Dréam\\n'] ['a', 'b c'] ${folder} ${path}\n`);
  }
});

it('a script leaves nothing to the next', async () => {
  const path = script(`import os, warnings
import numpy as np
print(np.geterr()["divide"], len(warnings.filters), os.environ.get("LEFT"), hasattr(np, "left"))
np.seterr(divide="raise")
warnings.filterwarnings("ignore")
os.environ["LEFT"] = "yes"
np.left = True
`);
  const first = await runPython(path);
  expect(first).toMatch(/^warn \d+ None False$/m);
  expect(await Promise.all([runPython(path), runPython(path)])).toEqual([first, first]);
});

it.each([
  ['an error', 'import numpy as np\nnp.zeros(2).reshape(3)', /ended with 1: [^]*cannot reshape/],
  ['a package that is not there', 'import no_such_package', /ended with 1: [^]*no_such_package/],
  ['what is no Python', 'def (', /ended with 1: [^]*SyntaxError/],
  ['a code', 'import sys\nsys.exit(3)', /ended with 3: $/],
  ['a sentence', 'import sys\nsys.exit("too few rows")', /ended with 1: too few rows/],
  ['a signal', 'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)', /ended with -/],
])('a script that ends with %s is an error, and the next one runs', async (_, text, said) => {
  await expect(runPython(script(text))).rejects.toThrow(said);
  expect(await runPython(script('print("fine")'))).toBe('fine\n');
});
