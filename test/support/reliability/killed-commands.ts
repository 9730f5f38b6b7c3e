import {setTimeout as wait} from 'node:timers/promises'
import type {RunningCli} from '../run-cli.js'
import {addressOn} from '../sign-in-stage.js'
import {type Lab, OTHERS} from './lab.js'
import {type Tally, tally} from './tally.js'

// From the first line of the launcher to the last write, on a busy machine.
const MAX_MS = 900

const DOINGS = ['refresh', 'login', 'logout'] as const

/**
 * Kills whole commands at random instants. A kill is lost when `auth.json` is not whole after it,
 * when foreign members there are lost, when the next command does not know what to say, or when it
 * leaves a file that contains a secret.
 */
export async function killedCommands(lab: Lab, size: {kills: number}): Promise<Tally> {
  const result = tally('commands killed while they sign in, out or refresh')
  for (let kill = 0; kill < size.kills; kill += 1) {
    const doing = DOINGS[kill % DOINGS.length] ?? 'refresh'
    if (!isSignedIn(lab)) await lab.signIn()
    if (doing === 'refresh') lab.expire()
    const before = lab.stored()
    const cli = start(lab, doing)
    await wait(Math.random() * MAX_MS)
    cli.kill('SIGKILL')
    const {signal} = await cli.exit
    if (signal === undefined) result.note('done before the kill')
    const problem = whatIsWrong(lab, before) ?? (await whatTheNextSays(lab, result))
    result.count(problem === undefined, `${doing}: ${String(problem)}`)
  }
  return result
}

function start(lab: Lab, doing: (typeof DOINGS)[number]): RunningCli {
  if (doing === 'logout') return lab.start(['logout'])
  if (doing === 'refresh') return lab.start(['whoami', '--verify'])
  const login = lab.start(['login', '--no-browser'])
  addressOn(login)
    .then(async (address) => lab.server.browser().visit(address))
    .catch(() => undefined) // killed before
  return login
}

function isSignedIn(lab: Lab): boolean {
  const login = lab.login()
  return login !== undefined && login.rejected === undefined
}

/** Old or new, and foreign members unchanged. */
function whatIsWrong(lab: Lab, before: {accessToken: string}): string | undefined {
  const text = lab.text()
  if (!text.includes(OTHERS)) return `without ${OTHERS}: ${text}`
  const login = lab.login()
  if (login === undefined || login.accessToken === before.accessToken) return undefined
  const isWhole = [login.refreshToken, login.grantId].every((part) => (part ?? '') !== '')
  return isWhole ? undefined : `not whole: ${text}`
}

async function whatTheNextSays(lab: Lab, result: Tally): Promise<string | undefined> {
  const {code, stdout, stderr} = await lab.run(['whoami', '--verify'])
  const stays = lab.beside().filter((name) => name !== 'auth.json.refresh')
  const leaks = lab.leaks()
  if (stays.length + leaks.length > 0) return `left: ${stays.join(' ')} ${JSON.stringify(leaks)}`
  const login = lab.login()
  if (code === 0) return undefined
  if (login === undefined && code === 64) return undefined
  const isTold =
    code === 64 && /a refresh at \S+ \S+ UTC was cut off before its answer/.test(stderr)
  if (isTold) result.note('sessions that the cut ended, told as that')
  return isTold ? undefined : `exit ${String(code)}: ${stdout} ${stderr}`
}
