import { jobs } from '#app/jobs.ts';
import type { NamedFile } from '#core/data/read/zip/pack-files.ts';
import type { ExtractorFacts } from '#core/extractors/extractor-facts.ts';
import type { ExtractorFile } from '#core/extractors/extractor.ts';
import { toFailure, type FailureData } from '#core/errors.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** Long enough for a name to be typed. */
const SETTLE_MS = 250;

/** What a step's network is with its parameters: the latest question's answer, older ones are dropped. */
export class ExtractorLook {
  #facts: ExtractorFacts | null = $state.raw(null);
  #failure: FailureData | null = $state.raw(null);
  #busy = $state(false);
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What `facts` answers. */
  #asked = '';

  /** Null until they are known, and where the network is refused. */
  get facts(): ExtractorFacts | null {
    return this.#facts;
  }

  get failure(): FailureData | null {
    return this.#failure;
  }

  /** A network is being tried. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Tries what a person chose: a file, or the files of a model of TensorFlow.js. @returns what the spec is to say; null where it is refused */
  async bring(files: readonly NamedFile[], parameters: Parameters): Promise<ExtractorFile | null> {
    const query = { files, parameters };
    // One that is refused leaves the step with the network that it has.
    const before = this.#facts;
    const facts = await this.#take(this.#next(), () => jobs.tryExtractor(query));
    this.#facts ??= before;
    if (facts === null) return null;
    const brought = { file: facts.file, sha256: facts.sha256 };
    this.#asked = keyOf(brought, parameters);
    return brought;
  }

  /** Asks about a kept network, unless the answer is there. */
  ask(extractor: ExtractorFile, parameters: Parameters): void {
    const key = keyOf(extractor, parameters);
    if (key === this.#asked) return;
    this.#asked = key;
    const turn = this.#next();
    const query = { extractor, parameters };
    const look = () => void this.#take(turn, () => jobs.tryExtractor(query));
    this.#timer = setTimeout(look, SETTLE_MS);
  }

  /** No answer is wanted any more. */
  drop(): void {
    this.#next();
  }

  #next(): number {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#busy = false;
    return this.#turn;
  }

  async #take(turn: number, look: () => Promise<ExtractorFacts>): Promise<ExtractorFacts | null> {
    this.#busy = true;
    let facts: ExtractorFacts | null = null;
    let failure: FailureData | null = null;
    try {
      facts = await look();
    } catch (thrown) {
      failure = toFailure(thrown);
    }
    if (turn !== this.#turn) return null;
    this.#facts = facts;
    this.#failure = failure;
    this.#busy = false;
    return facts;
  }
}

function keyOf({ sha256 }: ExtractorFile, parameters: Parameters): string {
  return JSON.stringify([sha256, parameters]);
}
