import {BY_LETTER, BY_NUMBER, chord, keyOfCode} from './key-names.js'

export type KeyEvent =
  /** Typed text, without any control character. */
  | {readonly type: 'text'; readonly text: string}
  /** Pasted text, as a whole: lines end with LF, and the only control characters are tabs. */
  | {readonly type: 'paste'; readonly text: string}
  /** `enter`, `ctrl+c`, `alt+left`, `shift+tab`, … */
  | {readonly type: 'key'; readonly key: string}

/** The event at the start of a text: its length, and its meaning, if any. */
interface Sequence {
  readonly length: number
  readonly event?: KeyEvent | undefined
  readonly startsPaste?: boolean
}

const ESC = '\x1b'
const CSI = /^\x1b\[([\x30-\x3F]*)([\x20-\x2F]*)([\x40-\x7E])/
const CSI_BEGUN = /^\x1b\[[\x30-\x3F]*[\x20-\x2F]*$/
const SS3 = /^\x1bO([A-Za-z])/
/** OSC, DCS, SOS, PM and APC: responses of a terminal, up to BEL or ST. */
const ANSWER = /^\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)/
const ANSWER_BEGUN = /^\x1b[\]PX^_][^\x07\x1b]*\x1b?$/
/** The function keys of the Linux console. */
const LINUX_FUNCTION_KEY = /^\x1b\[\[./
const LONGEST = 4096
const ALT = 2

/** Reads the sequence at the start of a text that begins with ESC; `undefined`: more is to come. */
export function readSequence(text: string): Sequence | undefined {
  const second = text[1]
  if (second === undefined) return undefined
  if (second === '[') return readCsi(text)
  if (second === 'O') return readSs3(text)
  if (second === ESC) return readDoubled(text)
  if (']PX^_'.includes(second)) {
    const [answer] = ANSWER.exec(text) ?? []
    if (answer !== undefined) return {length: answer.length}
    if (text.length < LONGEST && ANSWER_BEGUN.test(text)) return undefined
  }
  return withAlt(text)
}

/** The meaning of an incomplete sequence when nothing follows: Escape, or Alt+[, was pressed. */
export function readUnfinished(text: string): KeyEvent | undefined {
  if (text === ESC) return {type: 'key', key: 'escape'}
  return text.length === 2 ? {type: 'key', key: `alt+${text[1] ?? ''}`} : undefined
}

function readCsi(text: string): Sequence | undefined {
  const [function_] = LINUX_FUNCTION_KEY.exec(text) ?? []
  if (function_ !== undefined) return {length: function_.length}
  const match = CSI.exec(text)
  if (match === null || text === '\x1b[[') {
    if (text.length < LONGEST && (CSI_BEGUN.test(text) || text === '\x1b[[')) return undefined
    // Not a sequence after all: its start is dropped, the character that broke it is read again.
    return {length: /^\x1b\[[\x20-\x3F]*/.exec(text)?.[0].length ?? 2}
  }
  const [{length}, parameters = '', , last = ''] = match
  return {length, ...meaningOf(parameters, last)}
}

function meaningOf(parameters: string, last: string): Omit<Sequence, 'length'> {
  if (/[<=>?]/.test(parameters)) return {} // a response, or a mouse event
  const [first = 0, second = 1, third = 0] = parameters.split(';').map((part) => parseInt(part, 10))
  const modifiers = Math.max(0, (Number.isNaN(second) ? 1 : second) - 1)
  if (isRelease(parameters)) return {}
  if (last === 'Z') return keyEvent('shift+tab')
  if (last === 'u') return {event: eventOf(keyOfCode(first, modifiers))}
  if (last === '~' && first === 200) return {startsPaste: true}
  if (last === '~' && first === 27) return {event: eventOf(keyOfCode(third, modifiers))}
  const name = last === '~' ? BY_NUMBER[first] : BY_LETTER[last]
  return name === undefined ? {} : keyEvent(chord(name, modifiers))
}

/** Kitty adds after a colon whether a key is pressed (1), repeated (2) or released (3). */
function isRelease(parameters: string): boolean {
  return /^[^;]*;\d*:3/.test(parameters)
}

function readSs3(text: string): Sequence | undefined {
  const letter = SS3.exec(text)?.[1]
  if (letter === undefined) return text.length === 2 ? undefined : withAlt(text)
  const name = BY_LETTER[letter]
  return {length: 3, ...(name !== undefined && keyEvent(name))}
}

/**
 * Some terminals send Alt as an additional ESC before the sequence; otherwise Escape was pressed.
 */
function readDoubled(text: string): Sequence | undefined {
  if (text.length === 2) return undefined
  if (text[2] !== '[' && text[2] !== 'O') return {length: 1, ...keyEvent('escape')}
  const inner = readSequence(text.slice(1))
  if (inner === undefined) return undefined
  const {event} = inner
  const key = event?.type === 'key' ? event.key : undefined
  return {
    length: inner.length + 1,
    ...(key !== undefined && keyEvent(key.includes('alt+') ? key : `alt+${key}`)),
  }
}

function withAlt(text: string): Sequence {
  const character = String.fromCodePoint(text.codePointAt(1) ?? 0)
  const length = 1 + character.length
  if (character === '\r' || character === '\n') return {length, ...keyEvent('alt+enter')}
  if (character === '\x7f' || character === '\b') return {length, ...keyEvent('alt+backspace')}
  // Escape, followed at once by another key: a Ctrl+C must not get lost.
  if (character < ' ') return {length: 1, ...keyEvent('escape')}
  return {length, ...keyEvent(chord(character.toLowerCase(), ALT))}
}

function keyEvent(key: string): {event: KeyEvent} {
  return {event: {type: 'key', key}}
}

function eventOf(
  found: {readonly key: string} | {readonly text: string} | undefined,
): KeyEvent | undefined {
  if (found === undefined) return undefined
  return 'key' in found ? {type: 'key', key: found.key} : {type: 'text', text: found.text}
}
