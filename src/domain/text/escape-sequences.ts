/**
 * Terminal control sequences (ECMA-48 §5.3–5.6): a control sequence; a control string such as that
 * of a title or a link, with its payload, to its end or to the end of the line; any other one.
 */
const SEQUENCES = new RegExp(
  [
    String.raw`(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?`,
    String.raw`(?:\u001B[P\]X^_]|[\u0090\u0098\u009D-\u009F])[^\u0007\u001B\u009C\r\n]*(?:\u0007|\u001B\\|\u009C)?`,
    String.raw`\u001B[ -/]*[0-~]`,
  ].join('|'),
  'g',
)

/** Text without escape sequences: removing only the ESC would leave the rest visible. */
export function withoutEscapeSequences(text: string): string {
  return text.replaceAll(SEQUENCES, '')
}
