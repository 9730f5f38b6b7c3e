import {MogplexCommand} from '@mogplex/plugin-kit'
import {identityText} from '../app/identity-text.js'
import {showingOn} from '../app/showing.js'
import {fit} from '../app/wrap.js'
import {compose} from '../compose.js'
import {NotLoggedInError} from '../domain/errors/authentication.js'
import {UsageError} from '../domain/errors/usage.js'
import {identityOf} from '../domain/identity.js'
import {outrankedNotice} from '../domain/outranked-notice.js'

const COMMANDS = [
  ['mogplex login', 'sign in in the browser'],
  ['mogplex whoami', 'which credential is in use, and why'],
  ['mogplex logout', 'sign out, with a receipt'],
  ['mogplex --help', 'everything else'],
] as const

/** Bare `mogplex` ends up here (see argv.ts). */
export default class App extends MogplexCommand {
  static override hidden = true
  static override summary = 'Show the account, and what to type.'
  static override enableJsonFlag = true

  async run(): Promise<void> {
    await this.parse(App)
    const {env, session} = compose(this.config)
    if (!this.interactive || !process.stdout.isTTY) {
      session.require('any')
      throw new UsageError(
        'This needs a terminal.',
        'Without one, use a command: `mogplex whoami`, `mogplex --help`.',
      )
    }
    const showing = showingOn(process.stdout, env, this.argv)
    this.log(`${fit(this.#account(), process.stdout)}\n`)
    for (const [command, purpose] of COMMANDS) {
      this.log(`  ${showing.palette.command(command.padEnd(16))}${purpose}`)
    }
    const notice = outrankedNotice(session.resolution)
    if (notice !== undefined) this.logToStderr(`\n${fit(notice, process.stderr)}`)
  }

  /** Who is signed in; that nobody is, is no failure here, everything else is one. */
  #account(): string {
    const {env, session} = compose(this.config)
    try {
      session.require('any')
    } catch (error) {
      if (error instanceof NotLoggedInError) return error.message
      throw error
    }
    const identity = identityOf(session.resolution, session.settings.issuer)
    return identityText(identity, showingOn(process.stdout, env, this.argv))
  }
}
