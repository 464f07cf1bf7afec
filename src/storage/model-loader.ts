import type { ModelSession } from '#core/engine.ts';
import { readContract } from '#core/predict.ts';
import type { Contract } from '#core/spec/contract.ts';
import type { TerrariumDatabase } from './database.ts';
import { getModel } from './stored-model.ts';

export interface LoadedModel {
  readonly sha256: string;
  readonly contract: Contract;
  readonly session: ModelSession;
}

/**
 * Opens stored models, and keeps the last one open for the next prediction. Loading another releases
 * it, so one caller at a time.
 */
export class ModelLoader {
  readonly #open: (bytes: Uint8Array) => Promise<ModelSession>;
  #kept: LoadedModel | null = null;

  constructor(open: (bytes: Uint8Array) => Promise<ModelSession>) {
    this.#open = open;
  }

  /** @throws TerrariumError as `getModel` does, or `no_contract` */
  async load(db: TerrariumDatabase, runId: string, candidate?: string): Promise<LoadedModel> {
    const { sha256, blob } = await getModel(db, runId, candidate);
    if (this.#kept?.sha256 === sha256) return this.#kept;
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const contract = readContract(bytes);
    await this.#kept?.session.release();
    this.#kept = null;
    this.#kept = { sha256, contract, session: await this.#open(bytes) };
    return this.#kept;
  }
}
