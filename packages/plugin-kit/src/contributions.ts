import type {Config} from '@oclif/core'
import type {Identity, AccountReport, Session} from './session.js'

/** What a slash command gets. */
export interface SlashContext {
  /** What was typed after the name, in words. */
  readonly args: readonly string[]
  /** The same as it was typed, blanks and line ends within it included. */
  readonly text: string
  readonly session: Session
  /** How many columns the terminal has, now. */
  readonly columns: number
  /** Aborted when the user interrupts the command, by Ctrl+C or Esc: nothing is shown from then on. */
  readonly signal: AbortSignal
  /** Shows whole lines above the prompt. */
  readonly print: (text: string) => void
  /**
   * Runs another slash command, as if it were typed: `/attach ID` shows a run until it ends, and
   * leaves the rest to you.
   *
   * @throws {MogplexError} exit 2, for what is not a slash command; what the command throws
   */
  readonly run: (line: string) => Promise<void>
}

/** What the completion of a slash command gets. */
export interface CompletionContext {
  readonly session: Session
  /** Aborted after two seconds, and when something else is typed: the answer is not waited for. */
  readonly signal: AbortSignal
}

/** What may stand in the place of what is typed: one word, and what it is, in a few words. */
export type SlashCandidate = string | {readonly value: string; readonly summary?: string}

/**
 * A slash command of a plugin: the export that `mogplex.slashCommands` in its package.json names.
 * Its module is loaded when somebody types it. What it throws is shown, with its remedy.
 */
export interface SlashCommand {
  (context: SlashContext): Promise<void> | void
  /**
   * What its first word may be, for Tab: the CLI takes those that fit. It is asked behind the gate of
   * the command, again for each prefix. What it throws is told once, and is not a candidate.
   *
   * @param prefix - what is typed of the word, which may be nothing
   */
  complete?: (
    prefix: string,
    context: CompletionContext,
  ) => Promise<readonly SlashCandidate[]> | readonly SlashCandidate[]
}

/** What listeners are told, by the names of the hooks. No secret is in it. */
export interface AccountEvents {
  /** Somebody signed in, or stored a Mogplex key: who is in use now. */
  'mogplex:login': {identity: Identity}
  /** The stored login was removed: whose it was, where that is known, and who is left. */
  'mogplex:logout': {identity: Identity; previous: AccountReport | null}
  /** A login took the place of another account's; told after `mogplex:login`. */
  'mogplex:account-switched': {identity: Identity; previous: AccountReport}
}

/**
 * A hook of a plugin that listens: the default export of the file that `oclif.hooks` in its
 * package.json names for the event. It is told after the fact, and has five seconds; `config` is
 * for `findSession`. What it throws is shown on stderr and changes nothing.
 */
export type Listener<Event extends keyof AccountEvents> = (
  event: AccountEvents[Event] & {config: Config},
) => Promise<void> | void
