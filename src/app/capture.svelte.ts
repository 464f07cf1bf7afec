import { refuseLabel } from '#core/data/read/images/label-name.ts';
import type { NamedFile } from '#core/data/read/zip/pack-files.ts';

/** Sides of the squares that frames are cut to, in pixels. */
export const frameSides = [32, 64, 96, 128, 224] as const;
export type FrameSide = (typeof frameSides)[number];

/** As many as a page can show and a memory hold without a thought. */
const MAX_FRAMES = 5_000;

export interface Frame {
  readonly id: number;
  readonly file: Blob;
  readonly url: string;
}

export interface CaptureLabel {
  readonly id: number;
  readonly name: string;
  readonly frames: readonly Frame[];
}

/** Frames from a camera by label, until they are a data set. */
export class Capture {
  #labels: readonly CaptureLabel[] = $state.raw([]);
  #side: FrameSide = $state(96);
  #lastId = 0;

  constructor() {
    this.#labels = [this.#newLabel(), this.#newLabel()];
  }

  get labels(): readonly CaptureLabel[] {
    return this.#labels;
  }

  get side(): FrameSide {
    return this.#side;
  }

  get count(): number {
    return this.#labels.reduce((sum, { frames }) => sum + frames.length, 0);
  }

  get isFull(): boolean {
    return this.count >= MAX_FRAMES;
  }

  /** Why a label's name cannot be used. */
  fault({ id, name }: CaptureLabel): string | undefined {
    const earlier = this.#labels.slice(
      0,
      this.#labels.findIndex((one) => one.id === id),
    );
    return refuseLabel(
      name,
      earlier.map((one) => one.name),
    );
  }

  /** Why there is nothing to save yet. */
  get problem(): string | undefined {
    if (this.count === 0) return 'Capture some frames first.';
    const used = this.#labels.filter(({ frames }) => frames.length > 0);
    return used.some((label) => this.fault(label) !== undefined)
      ? 'Name each label that has frames.'
      : undefined;
  }

  /** Frames of two sizes would be two kinds of image: with the first one the size is settled. */
  resize(side: FrameSide): void {
    if (this.count === 0) this.#side = side;
  }

  addLabel(): void {
    this.#labels = [...this.#labels, this.#newLabel()];
  }

  rename(id: number, name: string): void {
    this.#change(id, (label) => ({ ...label, name }));
  }

  removeLabel(id: number): void {
    for (const { frames } of this.#labels.filter((label) => label.id === id)) revoke(frames);
    this.#labels = this.#labels.filter((label) => label.id !== id);
  }

  addFrame(id: number, file: Blob): void {
    if (this.isFull) return;
    const frame = { id: (this.#lastId += 1), file, url: URL.createObjectURL(file) };
    this.#change(id, (label) => ({ ...label, frames: [...label.frames, frame] }));
  }

  removeFrame(id: number, frame: Frame): void {
    revoke([frame]);
    this.#change(id, (label) => ({
      ...label,
      frames: label.frames.filter((one) => one.id !== frame.id),
    }));
  }

  /** The frames as files in a folder of each label, numbered in the order in which they were captured. */
  files(): NamedFile[] {
    return this.#labels.flatMap(({ name, frames }) =>
      frames.map(({ file }, i) => ({
        name: `${name.trim()}/${String(i + 1).padStart(4, '0')}.png`,
        file,
      })),
    );
  }

  /** Lets all frames go; the names stay for the next ones. */
  clear(): void {
    for (const { frames } of this.#labels) revoke(frames);
    this.#labels = this.#labels.map((label) => ({ ...label, frames: [] }));
  }

  #newLabel(): CaptureLabel {
    return { id: (this.#lastId += 1), name: '', frames: [] };
  }

  #change(id: number, change: (label: CaptureLabel) => CaptureLabel): void {
    this.#labels = this.#labels.map((label) => (label.id === id ? change(label) : label));
  }
}

function revoke(frames: readonly Frame[]): void {
  for (const { url } of frames) URL.revokeObjectURL(url);
}

/** Frames outlive the page that captured them, until they are saved or the tab is closed. */
export const capture = new Capture();
