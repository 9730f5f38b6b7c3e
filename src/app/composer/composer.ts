import type {Complete} from '../../domain/editor/completion.js'
import type {Environment} from '../../domain/settings/environment.js'
import type {Palette} from '../../terminal/palette.js'

/** Something that takes its time and that can be interrupted. */
export type Answering<T> = (signal: AbortSignal, write: (piece: string) => void) => Promise<T>

/** Where a person types, and where answers appear. */
export interface Composer {
  /** The next line that is entered, or `undefined` when the person leaves. */
  read(): Promise<string | undefined>
  /** Shows whole lines above the prompt. What comes from outside has to be harmless already. */
  print(text: string): void
  /**
   * Does something that one Ctrl+C (or Escape) interrupts, and shows that it can; what is typed
   * meanwhile is kept. After a second Ctrl+C within 1500 ms, {@link read} gives `undefined`.
   *
   * @param doing - in a word, with a capital
   * @param work - writes its answer piece by piece, each where the last one ended; any text is
   *   harmless, and after the interruption nothing more is shown
   * @throws what the work throws; {CancelledError} exit 130, when it goes on after the second
   */
  interruptible<T>(doing: string, work: Answering<T>): Promise<T>
  /** Who, which model, what pays: shown between the transcript and the prompt. */
  setHeader(parts: readonly string[]): void
  /** Looks again for what can follow what is typed: there may be more by now. */
  suggest(): void
  /** Clears the screen, with what has scrolled away. */
  clear(): void
  /**
   * Gives the terminal to somebody else, such as a picker, until {@link resume}. SIGINT interrupts
   * what is done meanwhile.
   */
  pause(): void
  resume(): void
  /** Leaves the terminal as it was. May be called twice. */
  close(): void
}

/** What was entered in earlier runs; what may not be kept, it sorts out itself. */
export interface PromptHistory {
  /** Oldest first. */
  read(): readonly string[]
  /** Never rejects. */
  add(text: string): Promise<void>
}

export interface ComposerOptions {
  /** Terminals, both of them. */
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  /** What others write to it is shown above the prompt; where it is a terminal, too. */
  readonly stderr?: NodeJS.WriteStream
  readonly env: Environment
  readonly palette: Palette
  readonly history: PromptHistory
  readonly complete: Complete
  readonly header: readonly string[]
  /** In milliseconds, on a clock that never goes back. */
  readonly now?: () => number
}
