/** Bytes with a special meaning (ASCII, UTF-8). */
export const BACKSLASH = 0x5c
export const PERCENT = 0x25
export const AMPERSAND = 0x26
export const ESCAPE = 0x1b
export const BELL = 0x07
export const LINE_FEED = 0x0a
export const CARRIAGE_RETURN = 0x0d
export const TAB = 0x09
export const BLANK = 0x20
const DOUBLE_QUOTE = 0x22
const SINGLE_QUOTE = 0x27
const BACKTICK = 0x60
export const HYPHEN = 0x2d
export const COLON = 0x3a
export const COMMA = 0x2c
export const EQUALS = 0x3d

/** The value of a hexadecimal digit, or -1. */
export function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

/** The number in `count` hexadecimal digits at `index`, or -1. */
export function hexNumber(bytes: Uint8Array, index: number, count: number): number {
  let number = 0
  for (let i = index; i < index + count; i += 1) {
    const digit = hexDigit(bytes[i])
    if (digit < 0) return -1
    number = number * 16 + digit
  }
  return number
}

export function isAlphanumeric(byte: number | undefined): boolean {
  if (byte === undefined) return false
  const lower = byte | 0x20
  return (byte >= 0x30 && byte <= 0x39) || (lower >= 0x61 && lower <= 0x7a)
}

export function isBlank(byte: number | undefined): boolean {
  return byte === BLANK || byte === TAB
}

export function isLineEnd(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN
}

export function isQuote(byte: number | undefined): boolean {
  return byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE || byte === BACKTICK
}

/** Text of ASCII bytes; others are read as Latin-1. */
export function textOf(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('latin1', from, to)
}

/**
 * A set of bytes, as a lookup table.
 *
 * @param characters - as inside the brackets of a regular expression, without its classes: single
 *   ones, ranges (`a-z`), and `^` to negate the set. Compiling an expression would take as long as
 *   everything else that a redactor needs at its start
 */
export function byteTable(characters: string): Uint8Array {
  const isWithout = characters.startsWith('^')
  const table = new Uint8Array(0x100).fill(isWithout ? 1 : 0)
  const list = Buffer.from(isWithout ? characters.slice(1) : characters, 'latin1')
  for (let index = 0; index < list.length; index += 1) {
    const first = list[index] ?? 0
    const isRange = list[index + 1] === HYPHEN && index + 2 < list.length
    if (isRange) index += 2
    table.fill(isWithout ? 0 : 1, first, (list[index] ?? 0) + 1)
  }
  return table
}
