import {type KeyEvent, readSequence, readUnfinished} from './sequences.js'
import {typedText} from '../../domain/editor/typed-text.js'

const PASTE_END = '\x1b[201~'
const CTRL_C = '\x03'
// prettier-ignore
const NAMED: Readonly<Record<string, string>> = {
  '\r': 'enter', '\t': 'tab', '\b': 'backspace', '\x7f': 'backspace',
  '\0': 'ctrl+space', '\x1c': 'ctrl+\\', '\x1d': 'ctrl+]', '\x1e': 'ctrl+^', '\x1f': 'ctrl+_',
}
const TEXT = /^[^\u0000-\u001F\u007F-\u009F]+/

/**
 * Turns a terminal's input into keys, pastes and text: xterm's sequences (CSI and SS3),
 * modifyOtherKeys, kitty's `CSI u`, bracketed paste; chunks may end anywhere, also in the middle of
 * a character.
 */
export class KeyDecoder {
  readonly #decoder = new TextDecoder('utf-8', {ignoreBOM: true})
  #unread = ''
  /** The text of a paste in progress. */
  #pasted: string[] | undefined

  /** An incomplete sequence is pending: if nothing follows soon, {@link flush} reads it. */
  get isWaiting(): boolean {
    return this.#pasted === undefined && this.#unread !== ''
  }

  write(bytes: Uint8Array): KeyEvent[] {
    const text = this.#decoder.decode(bytes, {stream: true})
    const events: KeyEvent[] = []
    if (this.#pasted !== undefined && text === CTRL_C) {
      // A terminal that lost the end of a paste must not block the keyboard.
      events.push(...this.#endPaste(this.#unread))
      this.#unread = ''
    }
    this.#unread += text
    for (;;) {
      const event = this.#pasted === undefined ? this.#readKey() : this.#readPaste(this.#pasted)
      if (event === undefined) return events
      events.push(...event)
    }
  }

  /** Reads an incomplete sequence as it is: a lone ESC is the key Escape. */
  flush(): KeyEvent[] {
    if (!this.isWaiting) return []
    const event = readUnfinished(this.#unread)
    this.#unread = ''
    return event === undefined ? [] : [event]
  }

  /** The next event, none where something has no meaning, `undefined` when more has to come. */
  #readKey(): KeyEvent[] | undefined {
    const first = this.#unread[0]
    if (first === undefined) return undefined
    if (first !== '\x1b') return [...this.#readText(first)]
    const sequence = readSequence(this.#unread)
    if (sequence === undefined) return undefined
    this.#unread = this.#unread.slice(sequence.length)
    if (sequence.startsPaste === true) this.#pasted = []
    return sequence.event === undefined ? [] : [sequence.event]
  }

  #readText(first: string): KeyEvent[] {
    const [text] = TEXT.exec(this.#unread) ?? []
    this.#unread = this.#unread.slice(text?.length ?? 1)
    if (text !== undefined) return [{type: 'text', text}]
    const key = NAMED[first] ?? ctrlOf(first)
    return key === undefined ? [] : [{type: 'key', key}]
  }

  #readPaste(pasted: string[]): KeyEvent[] | undefined {
    const end = this.#unread.indexOf(PASTE_END)
    if (end !== -1) {
      const rest = this.#unread.slice(0, end)
      this.#unread = this.#unread.slice(end + PASTE_END.length)
      return this.#endPaste(rest)
    }
    // The end marker may be incomplete: keep that much for the next chunk.
    const sure = Math.max(0, this.#unread.length - PASTE_END.length + 1)
    pasted.push(this.#unread.slice(0, sure))
    this.#unread = this.#unread.slice(sure)
    return undefined
  }

  #endPaste(rest: string): KeyEvent[] {
    const text = typedText([...(this.#pasted ?? []), rest].join(''))
    this.#pasted = undefined
    return text === '' ? [] : [{type: 'paste', text}]
  }
}

function ctrlOf(character: string): string | undefined {
  const code = character.charCodeAt(0)
  return code >= 1 && code <= 26 ? `ctrl+${String.fromCharCode(code + 96)}` : undefined
}
