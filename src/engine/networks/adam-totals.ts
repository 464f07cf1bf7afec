/** How fast Adam's running means forget: of gradients, and of their squares. */
export const FIRST_DECAY = 0.9;
export const SECOND_DECAY = 0.999;

/** What Adam's running means add up to after some steps, which they are divided by: 1 − decay to the power of the steps. */
export class AdamTotals {
  #first = 1;
  #second = 1;

  get first(): number {
    return 1 - this.#first;
  }

  get second(): number {
    return 1 - this.#second;
  }

  /** One step more. */
  advance(): void {
    this.#first *= FIRST_DECAY;
    this.#second *= SECOND_DECAY;
  }

  /** @param step how many there were */
  restore(step: number): void {
    [this.#first, this.#second] = [1, 1];
    for (let i = 0; i < step; i += 1) this.advance();
  }
}
