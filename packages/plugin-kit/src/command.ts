import {format} from 'node:util'
import {Command, Flags} from '@oclif/core'
import {findSession} from './find-session.js'
import {isInteractive} from './interactive.js'
import {jsonLine} from './json-line.js'
import type {AuthNeed, Session} from './session.js'

/**
 * The base class of every command: the gate before `run()`, `--json` on one line, errors left to
 * the launcher, which prints them and sets the exit code.
 */
export abstract class MogplexCommand extends Command {
  /** What is required before `run()`; see {@link AuthNeed}. */
  static auth: AuthNeed = 'none'

  /**
   * Completes an arg (`RUN`) or a flag (`--repo`) at Tab: `runs` for those that were attached to or
   * started, `models`, or the name of a list of texts that the plugin stores.
   */
  declare static completes?: Readonly<Record<string, string>>

  static override baseFlags = {
    profile: Flags.string({
      description: 'Use this profile, one of several accounts.',
      helpGroup: 'GLOBAL',
      helpValue: 'NAME',
    }),
    'no-color': Flags.boolean({
      description: 'Print without colour (so does NO_COLOR).',
      helpGroup: 'GLOBAL',
    }),
    'no-input': Flags.boolean({
      description: 'Never ask; fail instead.',
      helpGroup: 'GLOBAL',
    }),
  }

  /**
   * Whether this run may ask a person. Stdin and stderr are terminals; no CI, `--json`,
   * `--no-input`.
   */
  protected get interactive(): boolean {
    if (this.jsonEnabled() || this.argv.includes('--no-input')) return false
    return isInteractive(process)
  }

  /** The CLI's session: who is signed in, and access to Mogplex's API. */
  protected async session(): Promise<Session> {
    return findSession(this.config, this.ctor.plugin?.name)
  }

  protected override async init(): Promise<void> {
    await super.init()
    // Piped input is not a missing argument, as oclif assumes: `echo x mogplex models`.
    for (const arg of Object.values(this.ctor.args)) arg.ignoreStdin ??= true
    // The CLI's prerun hook checks this first; this is a second check.
    const {auth} = this.constructor as typeof MogplexCommand
    if (auth !== 'none') await (await this.session()).require(auth)
  }

  /** Errors are passed to the launcher: one place prints them, with and without `--json`. */
  protected override async catch(error: Error): Promise<never> {
    return Promise.reject(error)
  }

  /** Like oclif's method, without the console that it loads. */
  override log(message = '', ...args: unknown[]): void {
    if (this.jsonEnabled()) return
    process.stdout.write(`${args.length === 0 ? message : format(message, ...args)}\n`)
  }

  /** One JSON object on one line of stdout, without colour; nothing in it can move a cursor. */
  override logJson(json: unknown): void {
    process.stdout.write(`${jsonLine(json)}\n`)
  }

  /** With `--json`, prints each value like {@link logJson}, all in one write; otherwise nothing. */
  protected logJsonLines(values: readonly unknown[]): void {
    if (!this.jsonEnabled() || values.length === 0) return
    process.stdout.write(values.map((value) => `${jsonLine(value)}\n`).join(''))
  }
}
