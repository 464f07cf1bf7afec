import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import { readIsoPattern } from '#core/spec/iso-pattern.ts';
import type { DatePart } from './date-fields.ts';

/** Days of a common year before each month; the first entry stands for no month. */
const DAYS_BEFORE = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
/** Days from 0000-12-31 to 1970-01-01, and the weekday of 0001-01-01, a Monday. */
const EPOCH = 719_163;
/** From 0000-03-01 to 0000-12-31. */
const FROM_MARCH = 305;
const MINUTES_PER_DAY = 1440;

/**
 * Parts of dates inside the graph, each computed when it is first asked for: texts in ISO 8601 are split at their
 * marks, and all else is arithmetic in float64, exact on whole numbers. An offset may make another day, month and year of
 * the written ones, so that these come of the day's ordinal.
 */
export class EmittedDates {
  readonly #graph: GraphBuilder;
  readonly #made = new Map<string, TensorName>();
  #date: Readonly<Record<'year' | 'month' | 'day', TensorName>> | undefined;
  /** Whether there is a date, [N, k] bool. */
  readonly present: TensorName;
  /** As they are written: an offset is not taken off yet. */
  readonly #written: {
    readonly date: TensorName;
    readonly clock: TensorName;
    readonly offset: TensorName;
    readonly isBehind: TensorName;
  };
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
    const { clock, offset, isBehind } = this.#zoned(time);
    this.#written = {
      date: graph.splitTexts(day, '-'),
      clock: graph.splitTexts(clock, ':'),
      offset: graph.splitTexts(offset, ':'),
      isBehind,
    };
  }

  /** @returns [N, k] float64, of what is no date the part of 2000-01-01 */
  part(part: Exclude<DatePart, 'is_missing'>): TensorName {
    return this.#once(part, () => this.#emit(part));
  }

  /** The day, and the time with its offset: midnight where there is none. */
  #halves(moments: TensorName): readonly [day: TensorName, time: TensorName] {
    const graph = this.#graph;
    const [spaced, marked] = [this.#splitAt(moments, ' '), this.#splitAt(moments, 'T')];
    const isSpaced = this.#isLike(moments, '.* .*');
    const half = (at: number) =>
      graph.node('Where', [isSpaced, partAt(graph, spaced, at), partAt(graph, marked, at)]);
    return [half(0), half(1)];
  }

  /** The clock with its seconds, and the offset, 00:00 where there is none: ahead of UTC, or behind it. */
  #zoned(time: TensorName) {
    const graph = this.#graph;
    const [ahead, behind] = [this.#splitAt(time, '+'), this.#splitAt(time, '-')];
    const isBehind = this.#isLike(time, '.*-.*');
    const half = (at: number) =>
      graph.node('Where', [isBehind, partAt(graph, behind, at), partAt(graph, ahead, at)]);
    const clock = half(0);
    const isShort = this.#isLike(clock, '[0-9]{2}:[0-9]{2}');
    const whole = graph.node('StringConcat', [clock, text(graph, ':00')]);
    return { clock: graph.node('Where', [isShort, whole, clock]), offset: half(1), isBehind };
  }

  /** With a time at its end each text has two parts at least, the second of which is its own where it has one. */
  #splitAt(texts: TensorName, mark: string): TensorName {
    const graph = this.#graph;
    const ended = graph.node('StringConcat', [texts, text(graph, `${mark}00:00`)]);
    return graph.splitTexts(ended, mark);
  }

  #isLike(texts: TensorName, pattern: string): TensorName {
    return this.#graph.node('RegexFullMatch', [texts], { pattern });
  }

  #emit(part: Exclude<DatePart, 'is_missing'>): TensorName {
    switch (part) {
      case 'year':
      case 'month':
      case 'day':
        return this.#civil()[part];
      case 'hour':
        return this.#floored(this.#minuteOfDay(), 60);
      case 'minute':
        return this.#without(this.#minuteOfDay(), this.part('hour'), 60);
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

  /** Minutes since the midnight of the day that is written, in UTC: before it where they are below 0. */
  #minutes(): TensorName {
    return this.#once('minutes', () => {
      const { clock, offset, isBehind } = this.#written;
      const inMinutes = (parts: TensorName) =>
        this.#sum(this.#times(this.#number(parts, 0), 60), this.#number(parts, 1));
      const own = inMinutes(offset);
      const ahead = this.#graph.node('Neg', [own]);
      return this.#sum(inMinutes(clock), this.#graph.node('Where', [isBehind, own, ahead]));
    });
  }

  #minuteOfDay(): TensorName {
    return this.#once('minute of the day', () =>
      this.#without(this.#minutes(), this.#shift(), MINUTES_PER_DAY),
    );
  }

  /** Days that the offset moves the date by. */
  #shift(): TensorName {
    return this.#once('shift', () => this.#floored(this.#minutes(), MINUTES_PER_DAY));
  }

  /** Days since 0000-12-31, so that 0001-01-01 is day 1, as Python's ordinals count. */
  #ordinal(): TensorName {
    return this.#once('ordinal', () => {
      const graph = this.#graph;
      const { date } = this.#written;
      const [year, month] = [this.#number(date, 0), this.#number(date, 1)];
      const table = graph.constant(Float64Array.from(DAYS_BEFORE), [DAYS_BEFORE.length]);
      const before = graph.node('Gather', [table, graph.cast(month, 'int64')], { axis: 0 });
      const yearBefore = this.#plus(year, -1);
      const leap = graph.node('Sub', [this.#leapDays(year), this.#leapDays(yearBefore)]);
      const isPast = graph.cast(this.#over(month, 2.5), 'float64');
      const ofYear = this.#sum(
        this.#sum(before, this.#number(date, 2)),
        graph.node('Mul', [leap, isPast]),
      );
      return this.#sum(this.#sum(this.#daysOfYears(yearBefore), ofYear), this.#shift());
    });
  }

  /** Year, month and day of the ordinal, by eras of 400 years that begin with a March (Hinnant, civil_from_days). */
  #civil(): Readonly<Record<'year' | 'month' | 'day', TensorName>> {
    const made = this.#date ?? this.#emitCivil();
    this.#date = made;
    return made;
  }

  #emitCivil(): Readonly<Record<'year' | 'month' | 'day', TensorName>> {
    const graph = this.#graph;
    const minus = (a: TensorName, b: TensorName) => graph.node('Sub', [a, b]);
    const days = this.#plus(this.#ordinal(), FROM_MARCH);
    const era = this.#floored(days, 146_097);
    const ofEra = this.#without(days, era, 146_097);
    const leapDays = minus(this.#floored(ofEra, 1460), this.#floored(ofEra, 36_524));
    const common = minus(minus(ofEra, leapDays), this.#floored(ofEra, 146_096));
    const yearOfEra = this.#floored(common, 365);
    const leaps = minus(this.#floored(yearOfEra, 4), this.#floored(yearOfEra, 100));
    const ofYear = minus(this.#without(ofEra, yearOfEra, 365), leaps);
    const fromMarch = this.#floored(this.#plus(this.#times(ofYear, 5), 2), 153);
    const before = this.#floored(this.#plus(this.#times(fromMarch, 153), 2), 5);
    const isNext = graph.cast(this.#over(fromMarch, 9.5), 'float64');
    const year = this.#sum(yearOfEra, this.#times(era, 400));
    return {
      year: this.#sum(year, isNext),
      month: this.#without(this.#plus(fromMarch, 3), isNext, 12),
      day: this.#plus(minus(ofYear, before), 1),
    };
  }

  #dayOfYear(): TensorName {
    const before = this.#daysOfYears(this.#plus(this.part('year'), -1));
    return this.#graph.node('Sub', [this.#ordinal(), before]);
  }

  /** Days of all years up to one. */
  #daysOfYears(year: TensorName): TensorName {
    return this.#sum(this.#times(year, 365), this.#leapDays(year));
  }

  /** Leap days of all years up to one: ⌊y/4⌋ − ⌊y/100⌋ + ⌊y/400⌋. */
  #leapDays(year: TensorName): TensorName {
    const graph = this.#graph;
    const common = graph.node('Sub', [this.#floored(year, 4), this.#floored(year, 100)]);
    return this.#sum(common, this.#floored(year, 400));
  }

  /** Day 1 is a Monday. */
  #weekday(): TensorName {
    const days = this.#plus(this.#ordinal(), -1);
    return this.#without(days, this.#floored(days, 7), 7);
  }

  #elapsed(): TensorName {
    const graph = this.#graph;
    const whole = this.#sum(
      this.#times(this.part('hour'), 3600),
      this.#times(this.part('minute'), 60),
    );
    const seconds = this.#sum(whole, this.#number(this.#written.clock, 2));
    const ofDay = graph.node('Div', [seconds, this.#constant(86_400)]);
    const exact = this.#sum(this.#plus(this.#ordinal(), -EPOCH), ofDay);
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

  #sum(a: TensorName, b: TensorName): TensorName {
    return this.#graph.node('Add', [a, b]);
  }

  #times(tensor: TensorName, factor: number): TensorName {
    return this.#graph.node('Mul', [tensor, this.#constant(factor)]);
  }

  /** What is left of a number when another is taken from it so many times. */
  #without(tensor: TensorName, taken: TensorName, times: number): TensorName {
    return this.#graph.node('Sub', [tensor, this.#times(taken, times)]);
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
