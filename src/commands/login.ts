import {MogplexCommand} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import {hiddenLines} from '../app/hidden-lines.js'
import {listenForInterrupt} from '../app/interrupt.js'
import {loggedInText} from '../app/logged-in-text.js'
import {progressLines} from '../app/login-progress.js'
import {showingOn} from '../app/showing.js'
import {fit} from '../app/wrap.js'
import {compose} from '../compose.js'
import {NoLoginRouteError} from '../domain/errors/authentication.js'
import {CancelledError} from '../domain/errors/cancelled.js'
import {accountReport} from '../domain/identity.js'
import {outrankedNotice} from '../domain/outranked-notice.js'
import type {LoginEvent} from '../services/log-in.js'

export default class Login extends MogplexCommand {
  static override summary = 'Sign in to Mogplex in the browser.'
  static override description = `Opens the sign-in page and waits for the browser to come back. Where it cannot come back (over SSH, in a container), paste the address at which it ended; that works from the first second.

With --json, one object a line: first {"type":"authorization","url"}, then {"type":"signed-in","account"}.

EXIT CODES
  0    signed in
  1    auth.json cannot be written
  2    the command line or a setting makes no sense
  64   refused, not finished in time, or nobody is here to sign in
  69   the server cannot be reached or understood
  75   too many requests, try later
  130  interrupted; the old login is as it was`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> login',
    '<%= config.bin %> login --no-browser',
    '<%= config.bin %> login --no-browser --json --timeout 120',
  ]
  static override flags = {
    'no-browser': Flags.boolean({
      description: 'Only print the address, open nothing: for SSH, containers, scripts.',
    }),
    timeout: Flags.integer({
      description: 'Seconds to wait for the browser.',
      default: 300,
      min: 1,
      max: 86_400,
      helpValue: 'SECONDS',
    }),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Login)
    const openBrowser = !flags['no-browser']
    if (openBrowser && !this.interactive) throw new NoLoginRouteError()
    const {env, session, logIn} = compose(this.config)
    const {issuer} = session.settings
    const interrupt = listenForInterrupt(
      new CancelledError('The sign-in was interrupted.', 'Run `mogplex login` to start again.'),
    )
    try {
      const {credential, keptAside} = await logIn({
        openBrowser,
        timeoutSeconds: flags.timeout,
        signal: interrupt.signal,
        paste: (signal) =>
          hiddenLines({stdin: process.stdin, onInterrupt: interrupt.interrupt}, signal),
        tell: (event) => {
          this.#tell(event, {issuer, opensBrowser: openBrowser})
        },
      })
      for (const path of keptAside) this.logToStderr(`What was in the way is kept in ${path}.`)
      const notice = outrankedNotice(session.resolution)
      if (notice !== undefined) this.logToStderr(fit(notice, process.stderr))
      const account = accountReport(credential, issuer)
      const showing = showingOn(process.stdout, env, this.argv)
      this.log(fit(loggedInText(account, showing), process.stdout))
      if (this.jsonEnabled()) this.logJson({type: 'signed-in', account})
    } finally {
      interrupt.release()
    }
  }

  #tell(event: LoginEvent, login: {issuer: string; opensBrowser: boolean}): void {
    if (this.jsonEnabled()) {
      if (event.type === 'authorization') {
        this.logJson({type: 'authorization', url: event.url.href})
      }
      return
    }
    const {env} = compose(this.config)
    const {palette} = showingOn(process.stderr, env, this.argv)
    const canPaste = process.stdin.isTTY ? 'by hand' : 'on stdin'
    for (const line of progressLines(event, {...login, palette, canPaste})) {
      this.logToStderr(fit(line, process.stderr))
    }
  }
}
