import {ExitCode, MogplexCommand} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import {findingText, summaryText} from '../app/doctor-text.js'
import {listDisplayFor} from '../app/list-display.js'
import {compose} from '../compose.js'
import type {ReportedFinding} from '../domain/doctor/finding.js'
import {CancelledError} from '../domain/errors/cancelled.js'
import {pluginsToExamine} from '../host/plugins/plugins-to-examine.js'
import {listenForInterrupt} from '../terminal/interrupt.js'
import {fit} from '../terminal/wrap.js'

export default class Doctor extends MogplexCommand {
  static override summary = 'Check for problems, and say how to fix them.'
  static override description = `Checks files, variables, the browser, the network, the server and plugins, in parallel, within 15 seconds. Changes nothing without --fix, which repairs file modes and removes stale locks, leftovers of killed processes and damaged copies, never a credential.

The output holds no secret, and neither your name nor your machine's: you can paste it into a public issue as it is. With --json, one finding a line.

EXIT CODES
  0    all is well
  1    something is wrong, or could not be checked
  2    the command line is invalid
  130  interrupted`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> doctor',
    '<%= config.bin %> doctor --fix',
    '<%= config.bin %> doctor --json',
  ]
  static override flags = {
    fix: Flags.boolean({description: 'Fix what can be fixed without risk.'}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Doctor)
    const {env, doctor} = compose(this.config)
    const display = listDisplayFor(process.stdout, env, this.argv)
    const findings: ReportedFinding[] = []
    const interrupt = listenForInterrupt(
      new CancelledError('The examination was interrupted.', 'Run `mogplex doctor` again.'),
    )
    try {
      const isWell = await doctor({
        fix: flags.fix,
        plugins: pluginsToExamine(this.config),
        version: this.config.version,
        signal: interrupt.signal,
        tell: (finding) => {
          findings.push(finding)
          if (this.jsonEnabled()) this.logJson(finding)
          else this.log(fit(findingText(finding, display), process.stdout))
        },
      })
      const command = flags.fix ? undefined : 'mogplex doctor --fix'
      const summary = summaryText(findings, {command, palette: display.palette})
      this.log(`\n${fit(summary, process.stdout)}`)
      if (!isWell) process.exitCode = ExitCode.Failed
    } finally {
      interrupt.release()
    }
  }
}
