/**
 * Regular expressions for days of the calendar in ISO 8601, with or without a time. They know leap years, so that all
 * they take is a date to `parse-date.ts` as well, and are written in what JavaScript, JSON Schema and RE2 have in common.
 */
const longMonths = '(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])';
const shortMonths = '(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)';
const february = '02-(?:0[1-9]|1\\d|2[0-8])';
const leapYears = '(?:\\d{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)';
const day = `(?:\\d{4}-(?:${longMonths}|${shortMonths}|${february})|${leapYears}-02-29)`;
const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d';
const seconds = ':[0-5]\\d(?:\\.\\d{1,9})?';

/**
 * What a record may hold: `2024-02-29`, `2024-02-29T13:05`, `2024-02-29T13:05:07.25Z`, `2024-02-29T13:05:07+02:00`. To validators
 * in Python `\\d` is a digit of any script.
 */
export const isoPattern = `^${day}(?:T${clock}(?:${seconds})?(?:Z|[+-]${clock})?)?$`.replaceAll(
  '\\d',
  '[0-9]',
);

/**
 * What the graph takes, and so every date once it is read: `2024-02-29`, `2024-02-29T13:05:07`, with a fraction or `Z`. Whoever
 * asks the graph without the reader may leave the seconds out, write a space for the T, as Python does, and name an offset.
 */
export const readIsoPattern = `^${day}(?:[T ]${clock}(?:${seconds})?(?:Z|[+-]${clock})?)?$`;
