import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { venvPython } from '../runner/requirements.mjs';

const program = fileURLToPath(new URL('ready_python.py', import.meta.url));

export interface Call {
  readonly script: string;
  readonly args: readonly string[];
  /** Its standard input. */
  readonly input: string;
  readonly cwd: string;
}

export interface Ended {
  /** Negative where a signal ended it. */
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a script in a process of its own, forked of one that has its packages loaded. */
export async function runReady({ script, args, input, cwd }: Call): Promise<Ended> {
  const files = mkdtempSync(join(tmpdir(), 'terrarium-python-'));
  const written = (name: string): string => readFileSync(join(files, name), 'utf8');
  try {
    writeFileSync(join(files, 'input'), input);
    ready ??= new ReadyPython();
    const code = await ready.ask({ script, args, cwd, files });
    return { code, output: written('output'), errors: written('errors') };
  } finally {
    rmSync(files, { recursive: true });
  }
}

/** Starts with the first script, and ends with the process of the tests, which closes its input. */
let ready: ReadyPython | undefined;

interface Waiting {
  readonly resolve: (code: number) => void;
  readonly reject: (reason: Error) => void;
}

class ReadyPython {
  readonly #child = spawn(venvPython, [program], {
    env: { ...process.env, OMP_NUM_THREADS: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  /** In the order of the questions, which is that of the answers. */
  readonly #waiting: Waiting[] = [];

  constructor() {
    createInterface(this.#child.stdout).on('line', (line) => {
      this.#waiting.shift()?.resolve(Number(line));
      if (this.#waiting.length === 0) this.#hold(false);
    });
    const lost = (reason: string): void => {
      ready = undefined;
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(reason));
    };
    this.#child.once('error', (error) => lost(error.message));
    this.#child.once('close', (code) => lost(`Python ended with ${String(code)}.`));
    // What it says is told by its end.
    this.#child.stdin.on('error', () => {});
  }

  ask(request: Readonly<Record<string, unknown>>): Promise<number> {
    this.#hold(true);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    });
  }

  /** Idle, it does not keep the process of the tests alive. */
  #hold(isBusy: boolean): void {
    const act = isBusy ? 'ref' : 'unref';
    this.#child[act]();
    for (const pipe of [this.#child.stdin, this.#child.stdout]) {
      if (pipe instanceof Socket) pipe[act]();
    }
  }
}
