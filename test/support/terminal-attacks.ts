const ESC = '\u001B'
const ENDS = ['\u0007', `${ESC}\\`, '\u009C', '']

/** The characters from one code to another. */
function range(first: number, last: number): string[] {
  return Array.from({length: last - first + 1}, (_, index) => String.fromCharCode(first + index))
}

const finals = range(0x40, 0x7e)
const introducers = [`${ESC}[`, '\u009B']
const strings = [
  ...[`${ESC}]`, '\u009D'].flatMap((start) =>
    [
      '0;owned',
      '2;owned',
      '52;c;b3duZWQ=',
      '8;;https://evil.example/',
      '4;1;#f00',
      '1337;x',
      'L',
    ].map((body) => start + body),
  ),
  ...[`${ESC}P`, '\u0090'].flatMap((start) =>
    ['+q544e', '$q"p', '1;2qowned'].map((body) => start + body),
  ),
  ...[`${ESC}X`, '\u0098', `${ESC}^`, '\u009E', `${ESC}_`, '\u009F', `${ESC}k`].map(
    (start) => `${start}own`,
  ),
]

/**
 * Everything that a text can send to a terminal: each C0 and C1 character, each form of escape,
 * control sequence and control string (ECMA-48), with every end and without one; and characters
 * that reverse the direction of a text, are invisible, or are noncharacters.
 */
export const TERMINAL_ATTACKS: readonly string[] = [
  ...range(0x00, 0x1f),
  ...range(0x7f, 0x9f),
  ...range(0x20, 0x7e).map((final) => ESC + final),
  ...range(0x20, 0x2f).map((between) => `${ESC}${between}8`),
  ...introducers.flatMap((start) =>
    ['', '2', '?25', '?1049', '>0', '1;1', '5 ', '!', '$'].flatMap((parameters) =>
      finals.map((final) => start + parameters + final),
    ),
  ),
  ...strings.flatMap((string) => ENDS.map((end) => string + end)),
  ...range(0x200b, 0x200f),
  ...range(0x2028, 0x202e),
  ...range(0x2060, 0x206f),
  '\u00AD',
  '\u061C',
  '\u180E',
  '\uFEFF',
  '\uFFF9',
  '\uFFFA',
  '\uFFFB',
  '\u{E0001}',
  '\u{E007F}',
  '\uD800',
  '\uDC00',
  '\uDBFF',
  '\u0000\u0000',
]
