import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { readIsoPattern } from '#core/spec/iso-pattern.ts';
import type { DatePart } from './date-fields.ts';

/** Days of a common year before each month; the first entry stands for no month. */
const DAYS_BEFORE = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
/** Days from 0000-12-31 to 1970-01-01, and the weekday of 0001-01-01, a Monday. */
const EPOCH = 719_163;

/**
 * Parts of dates inside the graph, each computed when it is first asked for: texts in ISO 8601 are split at their
 * marks, and all else is arithmetic in float64, exact on whole numbers.
 */
export class EmittedDates {
  readonly #graph: GraphBuilder;
  readonly #made = new Map<string, TensorName>();
  /** Whether there is a date, [N, k] bool. */
  readonly present: TensorName;
  readonly #parts: { readonly date: TensorName; readonly time: TensorName };
  readonly #earliest: Float64Array;

  /**
   * @param texts [N, k] strings
   * @param earliest of each column, the days since 1970 that elapsed days count from
   */
  constructor(graph: GraphBuilder, texts: TensorName, earliest: readonly number[]) {
    this.#graph = graph;
    this.#earliest = Float64Array.from(earliest);
    this.present = graph.node('RegexFullMatch', [texts], { pattern: readIsoPattern });
    const safe = graph.node('Where', [this.present, texts, text(graph, '2000-01-01')]);
    const zoneless = partAt(graph, graph.splitTexts(safe, 'Z'), 0);
    const [day, time] = this.#halves(zoneless);
    this.#parts = {
      date: graph.splitTexts(day, '-'),
      time: graph.splitTexts(time, ':'),
    };
  }

  /** @returns [N, k] float64, of what is no date the part of 2000-01-01 */
  part(part: Exclude<DatePart, 'is_missing'>): TensorName {
    return this.#once(part, () => this.#emit(part));
  }

  /** The day, and the time with its seconds: midnight where there is none. */
  #halves(moments: TensorName): readonly [day: TensorName, time: TensorName] {
    const graph = this.#graph;
    const isLike = (texts: TensorName, pattern: string) =>
      graph.node('RegexFullMatch', [texts], { pattern });
    // With a time at its end each text has two parts at least, the second of which is its own where it has one.
    const split = (mark: string) =>
      graph.splitTexts(graph.node('StringConcat', [moments, text(graph, `${mark}00:00`)]), mark);
    const [spaced, marked] = [split(' '), split('T')];
    const isSpaced = isLike(moments, '.* .*');
    const half = (at: number) =>
      graph.node('Where', [isSpaced, partAt(graph, spaced, at), partAt(graph, marked, at)]);
    const time = half(1);
    const isShort = isLike(time, '[0-9]{2}:[0-9]{2}');
    const whole = graph.node('StringConcat', [time, text(graph, ':00')]);
    return [half(0), graph.node('Where', [isShort, whole, time])];
  }

  #emit(part: Exclude<DatePart, 'is_missing'>): TensorName {
    const { date, time } = this.#parts;
    switch (part) {
      case 'year':
        return this.#number(date, 0);
      case 'month':
        return this.#number(date, 1);
      case 'day':
        return this.#number(date, 2);
      case 'hour':
        return this.#number(time, 0);
      case 'minute':
        return this.#number(time, 1);
      case 'quarter':
        return this.#floored(this.#plus(this.part('month'), 2), 3);
      case 'day_of_year':
        return this.#dayOfYear();
      case 'weekday':
        return this.#weekday();
      case 'is_weekend':
        return this.#graph.cast(this.#over(this.part('weekday'), 4.5), 'float64');
      case 'elapsed_days':
        return this.#elapsed();
    }
  }

  #dayOfYear(): TensorName {
    const graph = this.#graph;
    const table = graph.constant(Float64Array.from(DAYS_BEFORE), [DAYS_BEFORE.length]);
    const before = graph.node('Gather', [table, graph.cast(this.part('month'), 'int64')], {
      axis: 0,
    });
    const leap = graph.node('Sub', [this.#leapDays('year'), this.#leapDays('year_before')]);
    const isPast = graph.cast(this.#over(this.part('month'), 2.5), 'float64');
    const leapDay = graph.node('Mul', [leap, isPast]);
    return graph.node('Add', [graph.node('Add', [before, this.part('day')]), leapDay]);
  }

  /** Leap days of all years up to one: ⌊y/4⌋ − ⌊y/100⌋ + ⌊y/400⌋. */
  #leapDays(until: 'year' | 'year_before'): TensorName {
    return this.#once(`leap days, ${until}`, () => {
      const year = until === 'year' ? this.part('year') : this.#yearBefore();
      const [fourth, century, fourHundredth] = [4, 100, 400].map((n) => this.#floored(year, n));
      const graph = this.#graph;
      const common = graph.node('Sub', [fourth ?? year, century ?? year]);
      return graph.node('Add', [common, fourHundredth ?? year]);
    });
  }

  #yearBefore(): TensorName {
    return this.#once('year before', () => this.#plus(this.part('year'), -1));
  }

  /** Days since 0000-12-31, so that 0001-01-01 is day 1, as Python's ordinals count. */
  #ordinal(): TensorName {
    return this.#once('ordinal', () => {
      const graph = this.#graph;
      const common = graph.node('Mul', [this.#yearBefore(), this.#constant(365)]);
      const before = graph.node('Add', [common, this.#leapDays('year_before')]);
      return graph.node('Add', [before, this.part('day_of_year')]);
    });
  }

  /** Day 1 is a Monday. */
  #weekday(): TensorName {
    const days = this.#plus(this.#ordinal(), -1);
    const weeks = this.#graph.node('Mul', [this.#floored(days, 7), this.#constant(7)]);
    return this.#graph.node('Sub', [days, weeks]);
  }

  #elapsed(): TensorName {
    const graph = this.#graph;
    const scaled = (part: TensorName, by: number) => graph.node('Mul', [part, this.#constant(by)]);
    const whole = graph.node('Add', [
      scaled(this.part('hour'), 3600),
      scaled(this.part('minute'), 60),
    ]);
    const seconds = graph.node('Add', [whole, this.#number(this.#parts.time, 2)]);
    const ofDay = graph.node('Div', [seconds, this.#constant(86_400)]);
    const exact = graph.node('Add', [this.#plus(this.#ordinal(), -EPOCH), ofDay]);
    const start = graph.constant(this.#earliest, [1, this.#earliest.length], 'earliest');
    return graph.node('Sub', [exact, start]);
  }

  #once(key: string, make: () => TensorName): TensorName {
    const made = this.#made.get(key) ?? make();
    this.#made.set(key, made);
    return made;
  }

  #number(parts: TensorName, at: number): TensorName {
    return this.#graph.cast(partAt(this.#graph, parts, at), 'float64');
  }

  #constant(value: number): TensorName {
    return this.#graph.constant(Float64Array.of(value), [1]);
  }

  #plus(tensor: TensorName, value: number): TensorName {
    return this.#graph.node('Add', [tensor, this.#constant(value)]);
  }

  #over(tensor: TensorName, limit: number): TensorName {
    return this.#graph.node('Greater', [tensor, this.#constant(limit)]);
  }

  #floored(tensor: TensorName, divisor: number): TensorName {
    return this.#graph.node('Floor', [this.#graph.node('Div', [tensor, this.#constant(divisor)])]);
  }
}

function text(graph: GraphBuilder, value: string): TensorName {
  return graph.constant([value], [1]);
}

/** One of the parts on the last axis: [N, k, parts] to [N, k]. */
function partAt(graph: GraphBuilder, parts: TensorName, at: number): TensorName {
  return graph.node('Gather', [parts, graph.constant(BigInt64Array.of(BigInt(at)), [])], {
    axis: 2,
  });
}
