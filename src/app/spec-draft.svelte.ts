import * as v from 'valibot';
import type { DatasetInfo } from '#core/data/table.ts';
import { toFailure, type FailureData } from '#core/errors.ts';
import { checkSpec } from '#core/spec/check-spec.ts';
import { inputColumns } from '#core/spec/input-columns.ts';
import { checkShape, parseSpec, parseSpecText, specToYaml } from '#core/spec/parse-spec.ts';
import { specSchema, type Spec } from '#core/spec/spec.ts';
import { withStepsThatFollow } from '#core/spec/steps-follow.ts';

/**
 * A spec on its way to a run. The spec is the one truth: the form shows it and changes it, the YAML is
 * written from it, and a YAML text that a person edits becomes the spec as soon as it has its shape.
 * A text that has not is kept as typed, with the reason, and the spec stays as it was.
 */
export class SpecDraft {
  readonly info: DatasetInfo;
  #spec: Spec;
  #text: string;
  #unreadable: FailureData | null = $state.raw(null);
  #refusal: FailureData | null;
  #dataRefusal: FailureData | null = $state.raw(null);

  constructor(spec: Spec, info: DatasetInfo) {
    this.info = info;
    this.#spec = $state.raw(spec);
    this.#text = $state(specToYaml(spec));
    // Not derived: a draft outlives the page that opened it, and derived values end with theirs.
    this.#refusal = $state.raw(refusalOf(spec, info));
  }

  get spec(): Spec {
    return this.#spec;
  }

  /** The YAML, as written from the spec or as the person typed it. */
  get text(): string {
    return this.#text;
  }

  /** What keeps this from being run: why the text is no spec, what the spec says wrong, or what the rows refuse. */
  get problem(): FailureData | null {
    return this.fault ?? this.#dataRefusal;
  }

  /** The same, as far as the data's schema tells. */
  get fault(): FailureData | null {
    return this.#unreadable ?? this.#refusal;
  }

  /** The text is no spec, so that the form would show something else than the text. */
  get unreadable(): boolean {
    return this.#unreadable !== null;
  }

  /** The sentence for the field at a path of the spec, for example `split.test`. */
  errorAt(path: string): string | undefined {
    const problem = this.problem;
    if (problem?.details?.['path'] !== path) return undefined;
    return problem.hint === undefined ? problem.message : `${problem.message} ${problem.hint}`;
  }

  /** Whether something at a path of the spec, or in it, is wrong. */
  hasErrorBelow(path: string): boolean {
    const at = this.problem?.details?.['path'];
    if (typeof at !== 'string') return false;
    return at === path || at.startsWith(`${path}.`) || at.startsWith(`${path}[`);
  }

  /** What the rows of the data refuse of a spec, if it is still this one; null takes it back. */
  refuseByData(spec: Spec, refusal: FailureData | null): void {
    if (spec === this.#spec) this.#dataRefusal = refusal;
  }

  /** The form's way in. Steps that are not what is changed follow the inputs. */
  change(changed: Spec): void {
    const spec = withStepsThatFollow(this.#spec, changed, this.info);
    this.#take(spec);
    this.#text = specToYaml(spec);
    this.#unreadable = null;
  }

  /** The YAML editor's way in. */
  write(text: string): void {
    this.#text = text;
    try {
      const read = v.safeParse(specSchema, parseSpecText(text));
      this.#take(read.success ? read.output : parseSpec(text));
      this.#unreadable = null;
    } catch (thrown) {
      this.#unreadable = toFailure(thrown);
    }
  }

  /** Gives an unreadable text up for the last spec that could be read. */
  restore(): void {
    this.change(this.#spec);
  }

  #take(spec: Spec): void {
    this.#spec = spec;
    this.#refusal = refusalOf(spec, this.info);
    this.#dataRefusal = null;
  }
}

function refusalOf(spec: Spec, info: DatasetInfo): FailureData | null {
  try {
    checkShape(spec);
    checkSpec(spec, info);
    inputColumns(spec, info);
    return null;
  } catch (thrown) {
    return toFailure(thrown);
  }
}
