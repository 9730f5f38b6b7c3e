import type {MogplexError} from '@mogplex/plugin-kit/errors'
import type {Candidate} from '../../domain/editor/completion.js'
import type {MenuChoice, Fits} from '../../terminal/menu.js'
import type {Palette} from '../../terminal/palette.js'

/** What every slash command can use; a command may need more, with its own type. */
export interface AppSlashContext {
  /** Shows whole lines above the prompt; the caller wraps them to the width. */
  readonly print: (text: string) => void
  readonly palette: Palette
  /** The current width of the terminal. */
  readonly columns: number
  /** All slash commands, for `/help`. */
  readonly commands: {
    readonly all: readonly Pick<AppSlashCommand, 'argument' | 'name' | 'summary'>[]
  }
  /** Aborted when the user interrupts the command, with the error to throw as its reason. */
  readonly signal: AbortSignal
  /** Forgets the conversation, and clears the screen. */
  readonly clear: () => void
  /** Runs a line that is a slash command, within this one. */
  readonly run: (line: string) => Promise<void>
  /** Lets the user choose; `undefined` when they cancel. */
  readonly pick: <T>(
    message: string,
    choices: readonly MenuChoice<T>[],
    fits: Fits<T>,
  ) => Promise<T | undefined>
  /** Ends the app, once the command has returned. */
  readonly leave: () => void
}

/** Notifies the caller of candidates that arrive later. */
export interface CompletionEvents {
  /** New candidates have arrived: request them again. */
  readonly changed: () => void
  readonly failed: (error: MogplexError) => void
}

/** A line that starts with `/`: one of ours, or of a plugin. */
export interface AppSlashCommand<Context extends AppSlashContext = AppSlashContext> {
  /** In lower case, without the slash. */
  readonly name: string
  readonly aliases?: readonly string[]
  /** A few words that begin with a verb, for `/help` and completion. */
  readonly summary: string
  /** The placeholder of the argument, as in `MODEL`; absent where it takes none. */
  readonly argument?: string
  /** Candidates for the argument, from the typed part: synchronous, so from memory. */
  readonly complete?: (typed: string, events: CompletionEvents) => readonly Candidate[]
  /**
   * @param text - the arguments as typed
   * @throws {MogplexError} which is shown, with its remedy
   */
  run(context: Context, args: readonly string[], text: string): Promise<void> | void
}
