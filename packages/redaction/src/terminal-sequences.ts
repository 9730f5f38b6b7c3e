// Terminal sequences (ECMA-48), from the character after their introducer.

/** The introducers of control strings: OSC, DCS, SOS, PM, APC. */
const OPENS_STRING = new Set(Buffer.from(']PX^_'))

export function opensString(byte: number): boolean {
  return OPENS_STRING.has(byte)
}

/** The end of a sequence of two characters or more; `at` where there is none. */
export function behindEscape(bytes: Uint8Array, at: number, end: number): number {
  let i = at
  while (i < end && isBetween(bytes[i], 0x20, 0x2f)) i += 1
  return i < end && isBetween(bytes[i], 0x30, 0x7e) ? i + 1 : at
}

/** The end of a control sequence, such as a colour. */
export function behindControl(bytes: Uint8Array, at: number, end: number): number {
  let i = at
  while (i < end && isBetween(bytes[i], 0x20, 0x3f)) i += 1
  return i < end && isBetween(bytes[i], 0x40, 0x7e) ? i + 1 : i
}

function isBetween(byte: number | undefined, first: number, last: number): boolean {
  return byte !== undefined && byte >= first && byte <= last
}
