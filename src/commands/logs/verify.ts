import {MogplexCommand} from '@mogplex/plugin-kit'
import {verificationText} from '../../app/logs/verification-text.js'
import {displayFor} from '../../app/display.js'
import {compose} from '../../compose.js'

export default class LogsVerify extends MogplexCommand {
  static override auth = 'none' as const
  static override summary = 'Search logs, history and copies for secrets, and count them.'
  static override description = `Searches every file of mogplex except auth.json for every secret that is known now, from the environment and auth.json, in every encoding; for fields with secret names; and for what looks like a key. Says where it is, never what it is.

With --json, one object: "files", "characters", "found", "lines" (of each its "file", "line" and "kinds"), "searched", and "copies", the files beside auth.json that hold credentials, too.

EXIT CODES
  0  nothing secret was found
  1  a secret was found, or a file cannot be read
  2  the command line is invalid`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> logs verify',
    '<%= config.bin %> logs verify --json',
  ]

  async run(): Promise<unknown> {
    await this.parse(LogsVerify)
    const {env, logs} = compose(this.config)
    const {stderr} = process
    const isShown = stderr.isTTY && !this.jsonEnabled()
    const verification = (await logs()).verify((characters) => {
      if (isShown) stderr.write(`${Math.round(characters / 1e6)} MB searched …\n`)
    })
    this.log(verificationText(verification, displayFor(process.stdout, env, this.argv).palette))
    if (verification.found > 0) process.exitCode = 1
    return verification
  }
}
