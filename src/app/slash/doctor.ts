import type {ReportedFinding} from '../../domain/doctor/finding.js'
import {UsageError} from '../../domain/errors/usage.js'
import {wrap} from '../../terminal/wrap.js'
import {findingText, summaryText} from '../doctor-text.js'
import {inApp} from '../in-app.js'
import type {AppContext} from './app-context.js'
import type {AppSlashCommand} from './app-slash-command.js'

/** `/doctor`: finds problems and their remedies; with `--fix`, applies safe repairs. */
export const doctor: AppSlashCommand<AppContext> = {
  name: 'doctor',
  argument: '--fix',
  summary: 'Check for problems; --fix fixes what is safe to fix',
  complete: () => [{value: '--fix'}],
  async run({examine, print, palette, columns, signal}, args) {
    if (args.some((arg) => arg !== '--fix')) {
      throw new UsageError('/doctor takes --fix, and nothing else.', 'Leave the rest out.')
    }
    const fix = args.length > 0
    const findings: ReportedFinding[] = []
    await examine({
      fix,
      signal,
      tell(finding) {
        findings.push(finding)
        const {remedy} = finding
        const told =
          remedy === null ? null : inApp(remedy).replace(/^mogplex (login|logout|whoami)$/, '/$1')
        print(findingText({...finding, remedy: told}, {palette, columns}))
      },
    })
    const command = fix ? undefined : '/doctor --fix'
    print(wrap(`\n${summaryText(findings, {command, palette})}`, columns))
  },
}
