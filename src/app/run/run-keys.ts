import type {KeyEvent} from '../../terminal/keys/sequences.js'
import {isKey, RawTerminal} from '../../terminal/raw-terminal.js'
import {listenTo} from '../../terminal/signals.js'

interface RunKeys {
  readonly detach: () => void
  /** @returns the message to show */
  readonly cancel: () => Promise<string>
  /** Shows a hint for a moment; `undefined` removes it. */
  readonly say: (text: string | undefined) => void
  /** The process stops, and continues. */
  readonly suspend: () => void
  readonly resume: () => void
}

export const CANCEL_QUESTION = 'Cancel this run? y/n'
export const ONCE_MORE = 'Ctrl+C again leaves; the run goes on.'
const TWICE_MS = 1500
const ASK_MS = 15_000
const ANSWER_MS = 10_000

/**
 * The effect of the keys: `q` and Escape leave; Ctrl+C shows how to leave, and a second one soon
 * after leaves; `c`, then `y`, cancels, and any other key does not.
 */
export class RunKeyboard {
  readonly #keys: RunKeys
  readonly #clock: () => number
  #interruptedAt = -Infinity
  #asks = false
  #timer: NodeJS.Timeout | undefined

  /** @param clock - monotonic, in milliseconds */
  constructor(keys: RunKeys, clock: () => number = () => performance.now()) {
    this.#keys = keys
    this.#clock = clock
  }

  press(event: KeyEvent): void {
    // Several letters at once are a paste, not an answer.
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
 * Handles the user's keys and signals. Where no hint can be shown, a signal leaves at once.
 *
 * @param stdin - a terminal, read key by key; `undefined`: only signals
 * @returns a function that restores everything
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
