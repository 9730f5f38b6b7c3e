/** Keys by the final letter of their sequence (`CSI A`, `SS3 A`, `CSI 1;5A`). */
// prettier-ignore
export const BY_LETTER: Readonly<Record<string, string>> = {
  A: 'up', B: 'down', C: 'right', D: 'left', E: 'begin', F: 'end', H: 'home',
  M: 'enter', P: 'f1', Q: 'f2', R: 'f3', S: 'f4',
}

/** Keys by the number of their sequence (`CSI 3~`). */
// prettier-ignore
export const BY_NUMBER: Readonly<Record<number, string>> = {
  1: 'home', 2: 'insert', 3: 'delete', 4: 'end', 5: 'page-up', 6: 'page-down', 7: 'home', 8: 'end',
}

/** Keys by their code in kitty's protocol and modifyOtherKeys. */
// prettier-ignore
const BY_CODE: Readonly<Record<number, string>> = {
  8: 'backspace', 9: 'tab', 10: 'enter', 13: 'enter', 27: 'escape', 127: 'backspace',
  57414: 'enter', 57417: 'left', 57418: 'right', 57419: 'up', 57420: 'down',
  57421: 'page-up', 57422: 'page-down', 57423: 'home', 57424: 'end', 57426: 'delete',
}

const KEYPAD_ZERO = 57399
const KEYPAD = '0123456789./*-+'
const PRIVATE_USE = {from: 57344, to: 63743} as const

const [SHIFT, ALT, CTRL, META] = [1, 2, 4, 32] as const

/** `ctrl+alt+left`: the modifiers as the protocols number them, minus one, then the key. */
export function chord(key: string, modifiers: number): string {
  const names = [
    ...((modifiers & CTRL) === 0 ? [] : ['ctrl']),
    ...((modifiers & (ALT | META)) === 0 ? [] : ['alt']),
    ...((modifiers & SHIFT) === 0 ? [] : ['shift']),
  ]
  return [...names, key].join('+')
}

/** The meaning of a key given by its code: a name, or the character itself. */
export function keyOfCode(
  code: number,
  modifiers: number,
): {readonly key: string} | {readonly text: string} | undefined {
  const name = BY_CODE[code]
  if (name !== undefined) return {key: chord(name, modifiers)}
  const character = characterOf(code)
  if (character === undefined) return undefined
  if ((modifiers & (CTRL | ALT | META)) === 0) return {text: character}
  // The letter decides: Ctrl+Shift+C is Ctrl+C, as on every terminal without a protocol.
  const plain = (modifiers & CTRL) === 0 ? modifiers : modifiers & ~SHIFT
  return {key: chord(character.toLowerCase(), plain)}
}

function characterOf(code: number): string | undefined {
  const onKeypad = KEYPAD[code - KEYPAD_ZERO]
  if (onKeypad !== undefined) return onKeypad
  const isText =
    code >= 32 && code <= 0x10ffff && (code < PRIVATE_USE.from || code > PRIVATE_USE.to)
  return isText ? String.fromCodePoint(code) : undefined
}
