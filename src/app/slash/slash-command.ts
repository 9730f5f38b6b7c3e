import type {Candidate} from '../../domain/editor/completion.js'
import type {Palette} from '../../terminal/palette.js'

/** What every slash command can work with; a command may ask for more, by a type of its own. */
export interface SlashContext {
  /** Shows whole lines above the prompt, broken to its width by whoever writes them. */
  readonly print: (text: string) => void
  readonly palette: Palette
  /** Of the terminal, now. */
  readonly columns: number
  /** All that there are, for `/help`. */
  readonly commands: {
    readonly all: readonly Pick<SlashCommand, 'argument' | 'name' | 'summary'>[]
  }
  /** Aborted when the user interrupts the command, with what it then throws. */
  readonly signal: AbortSignal
  /** Forgets the conversation, and clears the screen. */
  readonly clear: () => void
  /** Ends the app, once the command has returned. */
  readonly leave: () => void
}

/** A line that starts with `/`: ours, or one that a plugin contributes. */
export interface SlashCommand<Context extends SlashContext = SlashContext> {
  /** In lower case, without the slash. */
  readonly name: string
  readonly aliases?: readonly string[]
  /** A few words that begin with a verb, for `/help` and the completion. */
  readonly summary: string
  /** What may follow, as in `MODEL`; absent where nothing does. */
  readonly argument?: string
  /** What the argument may be, from what is typed of it: at once, so from memory. */
  readonly complete?: (typed: string) => readonly Candidate[]
  /** @throws {MogplexError} which is shown, with its remedy */
  run(context: Context, args: readonly string[]): Promise<void> | void
}
