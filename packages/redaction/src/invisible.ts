/** Ranges of zero-width characters, and of characters that tables are drawn with. */
const RANGES = [
  [0x80, 0x9f], // C1 controls
  [0xad, 0xad], // soft hyphen
  [0x34f, 0x34f], // combining grapheme joiner
  [0x61c, 0x61c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers
  [0x17b4, 0x17b5], // invisible Khmer vowels
  [0x180b, 0x180f], // Mongolian variation selectors, vowel separator
  [0x200b, 0x200f], // zero-width characters, direction marks
  [0x2028, 0x202e], // line and paragraph separators, directions
  [0x2060, 0x206f], // word joiner, invisible operators, isolates
  [0x2500, 0x257f], // box drawing
  [0x2800, 0x2800], // the empty Braille pattern
  [0x3164, 0x3164], // Hangul filler
  [0xd800, 0xdfff], // surrogates, as escapes may contain them
  [0xfe00, 0xfe0f], // variation selectors
  [0xfeff, 0xfeff], // byte order mark
  [0xffa0, 0xffa0], // Hangul filler
  [0xfff0, 0xfffb], // reserved, interlinear annotation
  [0xfffd, 0xfffd], // the UTF-8 replacement of half a character
  [0x1bca0, 0x1bca3], // shorthand format controls
  [0x1d173, 0x1d17a], // musical format controls
  [0xe0000, 0xe0fff], // tags, variation selectors
] as const

/** The bytes that start them (UTF-8). */
const LEADS = new Uint8Array(0x100)
for (const [first] of RANGES) LEADS[Buffer.from(String.fromCodePoint(first))[0] ?? 0] = 1

/** Whether a byte may start an invisible character. */
export function mayBeInvisible(lead: number): boolean {
  return LEADS[lead] === 1
}

/** Whether a character may occur inside a value without being part of it. */
export function isInvisible(code: number): boolean {
  return RANGES.some(([first, last]) => code >= first && code <= last)
}

/** The length in bytes (UTF-8) of the invisible character at `index`; 0 when there is none. */
export function invisibleAt(bytes: Uint8Array, index: number): number {
  const lead = bytes[index] ?? 0
  const second = bytes[index + 1] ?? 0
  if (LEADS[lead] === 0 || !isContinuation(second)) return 0
  if (lead <= 0xdf) return isInvisible(((lead & 0x1f) << 6) | (second & 0x3f)) ? 2 : 0
  const third = bytes[index + 2] ?? 0
  if (!isContinuation(third)) return 0
  const tail = ((second & 0x3f) << 6) | (third & 0x3f)
  if (lead <= 0xef) return isInvisible(((lead & 0x0f) << 12) | tail) ? 3 : 0
  const fourth = bytes[index + 3] ?? 0
  if (!isContinuation(fourth)) return 0
  return isInvisible(((lead & 0x07) << 18) | (tail << 6) | (fourth & 0x3f)) ? 4 : 0
}

/** Whether a byte continues a character (UTF-8). */
export function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}
