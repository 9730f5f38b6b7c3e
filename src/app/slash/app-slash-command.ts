import type {MogplexError} from '@mogplex/plugin-kit/errors'
import type {Candidate} from '../../domain/editor/completion.js'
import type {MenuChoice, Fits} from '../../terminal/menu.js'
import type {Palette} from '../../terminal/palette.js'

/** What every slash command can work with; a command may ask for more, by a type of its own. */
export interface AppSlashContext {
  /** Shows whole lines above the prompt, broken to its width by whoever writes them. */
  readonly print: (text: string) => void
  readonly palette: Palette
  /** Of the terminal, now. */
  readonly columns: number
  /** All that there are, for `/help`. */
  readonly commands: {
    readonly all: readonly Pick<AppSlashCommand, 'argument' | 'name' | 'summary'>[]
  }
  /** Aborted when the user interrupts the command, with what it then throws. */
  readonly signal: AbortSignal
  /** Forgets the conversation, and clears the screen. */
  readonly clear: () => void
  /** Runs a line that is a slash command, within this one. */
  readonly run: (line: string) => Promise<void>
  /** Lets the user choose; `undefined` when they would rather not. */
  readonly pick: <T>(
    message: string,
    choices: readonly MenuChoice<T>[],
    fits: Fits<T>,
  ) => Promise<T | undefined>
  /** Ends the app, once the command has returned. */
  readonly leave: () => void
}

/** What a completion tells when it comes later than it was asked for. */
export interface CompletionEvents {
  /** There are candidates for what was typed: ask again. */
  readonly changed: () => void
  readonly failed: (error: MogplexError) => void
}

/** A line that starts with `/`: ours, or one that a plugin contributes. */
export interface AppSlashCommand<Context extends AppSlashContext = AppSlashContext> {
  /** In lower case, without the slash. */
  readonly name: string
  readonly aliases?: readonly string[]
  /** A few words that begin with a verb, for `/help` and the completion. */
  readonly summary: string
  /** What may follow, as in `MODEL`; absent where nothing does. */
  readonly argument?: string
  /** What the argument may be, from what is typed of it: at once, so from memory. */
  readonly complete?: (typed: string, events: CompletionEvents) => readonly Candidate[]
  /**
   * @param text - the arguments as they were typed
   * @throws {MogplexError} which is shown, with its remedy
   */
  run(context: Context, args: readonly string[], text: string): Promise<void> | void
}
