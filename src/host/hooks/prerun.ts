import {isInteractive} from '@mogplex/plugin-kit'
import type {Hook} from '@oclif/core'
import {compose} from '../../compose.js'
import {passErrorsOn} from '../plugins/plain-command.js'
import {prepareInstall} from '../plugins/prepare-install.js'
import {authNeedOf} from '../../domain/credential/auth-need.js'
import {inspectsOnly} from '../../domain/settings/inspects-only.js'

/** Commands that read no file of a profile, or that diagnose one. */
const WITHOUT_PROFILE = /^(?:completion|help|logs|plugins|profiles)(?::|$)/

/**
 * The gate, for every command, including those of plugins. Its errors carry oclif's exit code: a
 * plain error thrown in a hook is swallowed, and the gate would be open.
 */
const prerun: Hook.Prerun = async ({Command, config, argv}) => {
  const {gate, profile} = compose(config)
  if (!inspectsOnly(Command.id)) {
    // Its line is printed with each prompt of a shell.
    const isShort = Command.id === 'whoami' && argv.includes('--short')
    if (!isShort) await tellNotices(config, argv)
    if (profile.problem !== undefined && !WITHOUT_PROFILE.test(Command.id)) throw profile.problem
  }
  await gate(authNeedOf(Command))
  passErrorsOn(Command)
  prepareInstall(Command.id, config.dataDir, process)
}

async function tellNotices(
  config: Parameters<typeof compose>[0],
  argv: readonly string[],
): Promise<void> {
  const {session, takePayerNotice} = compose(config)
  for (const notice of session.takeNotices()) await tell(notice)
  const notice = await takePayerNotice(() => isForPeople(argv))
  if (notice !== undefined) await tell(notice)
}

/** Wrapped between words where stderr is a terminal. */
async function tell(notice: string): Promise<void> {
  const {stderr} = process
  // Notices are rare: the code that wraps them is loaded only when needed.
  const text = stderr.isTTY ? (await import('../../terminal/wrap.js')).fit(notice, stderr) : notice
  stderr.write(`${text}\n`)
}

function isForPeople(argv: readonly string[]): boolean {
  return !argv.includes('--json') && !argv.includes('--no-input') && isInteractive(process)
}

export default prerun
