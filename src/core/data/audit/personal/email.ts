import { personalDetector } from './personal-kind.ts';

const EMAIL =
  /[\p{L}\d][\p{L}\d.!#$%&'*+/=?^_`{|}~-]{0,63}@(?:[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?\.)+\p{L}{2,24}(?![\p{L}\d])/u;

/** Nothing else looks like one, so that one value is enough. */
export const emails = personalDetector({
  code: 'personal_email',
  what: 'e-mail addresses',
  matches: (text) => text.includes('@') && EMAIL.test(text),
  header: null,
  share: 0,
  shareWithHeader: 0,
  numbers: 'never',
});
