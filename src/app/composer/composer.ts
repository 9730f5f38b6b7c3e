import type {Complete} from '../../domain/editor/completion.js'
import type {Environment} from '../../domain/settings/environment.js'
import type {Palette} from '../../terminal/palette.js'

/** A long-running operation that can be interrupted. */
export type Answering<T> = (signal: AbortSignal, write: (piece: string) => void) => Promise<T>

/** Where the user types, and where answers appear. */
export interface Composer {
  /** The next entered line, or `undefined` when the user leaves. */
  read(): Promise<string | undefined>
  /** Shows whole lines above the prompt. Text from outside must already be sanitised. */
  print(text: string): void
  /**
   * Runs an operation that one Ctrl+C (or Escape) interrupts, and shows that; text typed meanwhile
   * is kept. After a second Ctrl+C within 1500 ms, {@link read} returns `undefined`.
   *
   * @param doing - one word, capitalised
   * @param work - writes its answer piece by piece, each where the last one ended; any text is
   *   allowed, and after the interruption nothing more is shown
   * @throws errors of the work; {CancelledError} exit 130, when it continues after the second
   */
  interruptible<T>(doing: string, work: Answering<T>): Promise<T>
  /** The account, the model and the payer: shown between the transcript and the prompt. */
  setHeader(parts: readonly string[]): void
  /** Updates the candidates for the typed text: there may be more by now. */
  suggest(): void
  /** Clears the screen and the scrollback. */
  clear(): void
  /**
   * Hands the terminal to other code, such as a picker, until {@link resume}. SIGINT interrupts the
   * operation meanwhile.
   */
  pause(): void
  resume(): void
  /** Restores the terminal. May be called twice. */
  close(): void
}

/** Lines entered in earlier runs; the store itself leaves out what must not be stored. */
export interface PromptHistory {
  /** Oldest first. */
  read(): readonly string[]
  /** Never rejects. */
  add(text: string): Promise<void>
}

export interface ComposerOptions {
  /** Both must be terminals. */
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  /** Other writes to it are shown above the prompt; if it is a terminal, too. */
  readonly stderr?: NodeJS.WriteStream
  readonly env: Environment
  readonly palette: Palette
  readonly history: PromptHistory
  readonly complete: Complete
  readonly header: readonly string[]
  /** In milliseconds, by a monotonic clock. */
  readonly now?: () => number
}
