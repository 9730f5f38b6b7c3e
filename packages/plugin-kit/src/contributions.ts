import type {Config} from '@oclif/core'
import type {Identity, AccountReport, Session} from './session.js'

/** The input of a slash command. */
export interface SlashContext {
  /** The text after the name, split into words. */
  readonly args: readonly string[]
  /** The same as typed, including blanks and line ends. */
  readonly text: string
  readonly session: Session
  /** The current number of columns of the terminal. */
  readonly columns: number
  /** Aborted when the user interrupts the command with Ctrl+C or Esc: later output is dropped. */
  readonly signal: AbortSignal
  /** Shows whole lines above the prompt. */
  readonly print: (text: string) => void
  /**
   * Runs another slash command, as if it were typed: `/attach ID` shows a run until it ends, and
   * then returns.
   *
   * @throws {MogplexError} exit 2, for an unknown slash command; errors of the command
   */
  readonly run: (line: string) => Promise<void>
}

/** The input of a completion. */
export interface CompletionContext {
  readonly session: Session
  /** Aborted after two seconds, and when the input changes: the answer is not waited for. */
  readonly signal: AbortSignal
}

/** A candidate: one word, and a short description. */
export type SlashCandidate = string | {readonly value: string; readonly summary?: string}

/**
 * A slash command of a plugin: the export that `mogplex.slashCommands` in its package.json names.
 * Its module is loaded when the command is typed. Errors are shown, with their remedy.
 */
export interface SlashCommand {
  (context: SlashContext): Promise<void> | void
  /**
   * Candidates for its first word, for Tab: the CLI filters them by prefix. It is called after the
   * gate of the command, again for each prefix. An error is reported once, and is not a candidate.
   *
   * @param prefix - the typed part of the word, which may be empty
   */
  complete?: (
    prefix: string,
    context: CompletionContext,
  ) => Promise<readonly SlashCandidate[]> | readonly SlashCandidate[]
}

/** The events for listeners, by the names of the hooks. Contains no secret. */
export interface AccountEvents {
  /** Somebody signed in, or stored a Mogplex key: the identity now in use. */
  'mogplex:login': {identity: Identity}
  /** The stored login was removed: its account, where known, and the remaining identity. */
  'mogplex:logout': {identity: Identity; previous: AccountReport | null}
  /** A login replaced one of another account; sent after `mogplex:login`. */
  'mogplex:account-switched': {identity: Identity; previous: AccountReport}
}

/**
 * A hook of a plugin that listens: the default export of the file that `oclif.hooks` in its
 * package.json names for the event. It is called after the fact, and has five seconds; `config` is
 * for `findSession`. Its errors are shown on stderr and change nothing.
 */
export type Listener<Event extends keyof AccountEvents> = (
  event: AccountEvents[Event] & {config: Config},
) => Promise<void> | void
