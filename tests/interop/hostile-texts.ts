/** Texts as people send them, and as those who mean no good do. */
export const hostileTexts = [
  '',
  ' \t\n ',
  '...!?—“”',
  'Straße STRASSE ẞ İstanbul ıstanbul ΟΔΥΣΣΕΥΣ ὈΔΥΣΣΕΎΣ',
  'naïve nai\u0308ve Å A\u030A ﬁne ＦＵＬＬ',
  '👩‍👩‍👧‍👦 👍🏽 emoji🎉joined 🇩🇪',
  '北京是中国的首都。 東京タワー 서울특별시',
  'שלום עולם مرحبا بالعالم \u202Eright-to-left\u202C',
  'नमस्ते दुनिया สวัสดีชาวโลก',
  'x y z 1 22 333 snake_case CamelCase don’t e-mail@example.org',
  'ⒶⓑⒸ ½ ² Ⅷ ⅷ ǅ ǆ',
  'a\u200Bb zero\u00ADwidth tab\tbed line\r\nbreak  two  spaces',
  'same same same SAME same',
  'penguin '.repeat(10_000),
  Array.from({ length: 10_000 }, (_, i) => `w${(i * 7919) % 997}`).join(' '),
  'z'.repeat(50_000),
];
