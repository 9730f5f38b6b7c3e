import type {Config} from '@oclif/core'
import type {Identity, AccountReport, Session} from './session.js'

/** What a slash command gets. */
export interface SlashContext {
  /** What was typed after the name, in words. */
  readonly args: readonly string[]
  readonly session: Session
  /** How many columns the terminal has, now. */
  readonly columns: number
  /** Shows whole lines above the prompt. */
  print(text: string): void
}

/**
 * A slash command of a plugin: the export that `mogplex.slashCommands` in its package.json names.
 * Its module is loaded when somebody types it. What it throws is shown, with its remedy.
 */
export type SlashCommand = (context: SlashContext) => Promise<void> | void

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
