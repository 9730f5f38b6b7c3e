import type {KeyEvent} from '../../terminal/keys/sequences.js'
import {isKey, RawTerminal} from '../../terminal/raw-terminal.js'
import {listenTo} from '../../terminal/signals.js'

interface RunKeys {
  readonly detach: () => void
  /** @returns what to say of it */
  readonly cancel: () => Promise<string>
  /** Says something for a moment; `undefined`: no more. */
  readonly say: (text: string | undefined) => void
  /** The process stops, and goes on. */
  readonly suspend: () => void
  readonly resume: () => void
}

export const CANCEL_QUESTION = 'Cancel this run? y/n'
export const ONCE_MORE = 'Ctrl+C again leaves; the run goes on.'
const TWICE_MS = 1500
const ASK_MS = 15_000
const ANSWER_MS = 10_000

/**
 * What the keys mean: `q` and Escape leave; Ctrl+C says how to leave, and once more soon leaves; `c`,
 * then `y`, cancels, and any other key does not.
 */
export class RunKeyboard {
  readonly #keys: RunKeys
  readonly #clock: () => number
  #interruptedAt = -Infinity
  #asks = false
  #timer: NodeJS.Timeout | undefined

  /** @param clock - milliseconds that only grow */
  constructor(keys: RunKeys, clock: () => number = () => performance.now()) {
    this.#keys = keys
    this.#clock = clock
  }

  press(event: KeyEvent): void {
    // Several letters at once are a paste, which answers nothing.
    const letter = event.type === 'text' ? event.text.toLowerCase() : ''
    if (isKey(event, 'ctrl+c')) this.interrupt()
    else if (this.#asks) this.#answer(letter)
    else if (letter === 'c') this.#say(CANCEL_QUESTION, ASK_MS, true)
    else if (letter === 'q' || isKey(event, 'escape')) this.#keys.detach()
  }

  interrupt(): void {
    const now = this.#clock()
    if (now - this.#interruptedAt <= TWICE_MS) {
      this.#keys.detach()
      return
    }
    this.#interruptedAt = now
    this.#say(ONCE_MORE, TWICE_MS)
  }

  release(): void {
    clearTimeout(this.#timer)
  }

  #answer(letter: string): void {
    if (letter !== 'y') {
      this.#say(undefined)
      return
    }
    this.#say('Asking the run to stop …', ASK_MS)
    void this.#keys.cancel().then((text) => this.#say(text, ANSWER_MS))
  }

  #say(text: string | undefined, milliseconds = 0, asks = false): void {
    clearTimeout(this.#timer)
    this.#asks = asks
    this.#keys.say(text)
    if (text === undefined) return
    this.#timer = setTimeout(() => this.#say(undefined), milliseconds).unref()
  }
}

/**
 * Listens to the person who watches, and to signals. Where nobody can be told how to leave, a
 * signal leaves at once.
 *
 * @param stdin - a terminal, whose keys come one by one; `undefined`: only signals come
 * @returns a function that puts everything back as it was
 */
export function listenForRunKeys(
  stdin: NodeJS.ReadStream | undefined,
  isPatient: boolean,
  keys: RunKeys,
): () => void {
  const keyboard = new RunKeyboard(keys)
  const releases = [() => keyboard.release(), listenTo(['SIGTERM', 'SIGHUP'], () => keys.detach())]
  if (stdin === undefined) {
    const onInterrupt = (): void => (isPatient ? keyboard.interrupt() : keys.detach())
    releases.push(listenTo(['SIGINT'], onInterrupt))
  } else {
    const terminal = new RawTerminal(
      {stdin},
      {
        onKeys: (events) => {
          for (const event of events) keyboard.press(event)
        },
        onEnd: keys.detach,
        onAbandon: keys.suspend,
        onContinue: keys.resume,
      },
    )
    terminal.enter()
    releases.push(() => terminal.leave())
  }
  return () => {
    for (const release of releases) release()
  }
}
