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
  static override summary = 'Look for what is wrong, and say what mends it.'
  static override description = `Looks at files, variables, the browser, the network, the server and plugins, side by side, and is done within 15 seconds. Nothing is changed, unless --fix is given: that repairs rights, and removes stale locks, what killed processes left, and damaged copies; never a credential.

What it prints has no secret in it, and no name of yours or of your machine: it may be pasted into an issue as it is. With --json, one finding a line.

EXIT CODES
  0    all is well
  1    something is wrong, or could not be looked at
  2    the command line makes no sense
  130  interrupted`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> doctor',
    '<%= config.bin %> doctor --fix',
    '<%= config.bin %> doctor --json',
  ]
  static override flags = {
    fix: Flags.boolean({description: 'Mend what can be mended without a risk.'}),
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
