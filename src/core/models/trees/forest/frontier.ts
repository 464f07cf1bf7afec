/**
 * Takes what has the largest value first. A binary heap that sifts down to a leaf and then up again, as the C++ library
 * that scikit-learn is built with does: which of several equal ones comes first is the same as there.
 */
export class Frontier<Item> {
  readonly #valueOf: (item: Item) => number;
  readonly #items: Item[] = [];

  constructor(valueOf: (item: Item) => number) {
    this.#valueOf = valueOf;
  }

  push(item: Item): void {
    this.#items.push(item);
    this.#rise(item, this.#items.length - 1);
  }

  pop(): Item | undefined {
    const items = this.#items;
    const [first] = items;
    const last = items.pop();
    if (last === undefined || items.length === 0) return first;
    let place = 0;
    for (let child = 1; child < items.length; child = 2 * place + 1) {
      const hasRight = child + 1 < items.length;
      const larger = hasRight && this.#at(child + 1) >= this.#at(child) ? child + 1 : child;
      items[place] = items[larger] ?? last;
      place = larger;
    }
    this.#rise(last, place);
    return first;
  }

  /** Puts an item in its place, from one on that is free. */
  #rise(item: Item, free: number): void {
    const items = this.#items;
    const value = this.#valueOf(item);
    let place = free;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.#at(parent) >= value) break;
      items[place] = items[parent] ?? item;
      place = parent;
    }
    items[place] = item;
  }

  #at(place: number): number {
    const item = this.#items[place];
    return item === undefined ? -Infinity : this.#valueOf(item);
  }
}
