import {once} from 'node:events'
import {parseArgs} from 'node:util'
import {type Profile, PROFILES} from './cloud-profile.js'
import type {LocalCloud} from './local-cloud.js'
import {startLocalCloud} from './start-local-cloud.js'
import {settingLines} from './setting-lines.js'

const USAGE = `Runs the hosted Mogplex service in small, on 127.0.0.1 only.

USAGE
  mogplex-cloud [--port N] [--profile NAME] [--data FILE] [--inference-accepts oauth]

FLAGS
  --port N        port to listen on; 24800 unless told otherwise, 0 for any free one
  --profile NAME  hosted, the default: the service as it is; next: as its library's next line is
  --data FILE     keep accounts, sessions, tokens and API keys in this file
  --inference-accepts oauth
                  let logins pay for prompts, too; the hosted service takes API keys only today
  --help          show this help
`
const DEFAULT_PORT = 24800
const HIGHEST_PORT = 65_535

/** Where text is written: results to `out`, errors to `err`. */
interface Output {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/**
 * The command line of the local cloud. Runs until Ctrl+C or SIGTERM.
 *
 * @returns the exit code: 0 after a signal, 1 when it cannot start, 2 for wrong usage
 */
export async function main(args: readonly string[], {out, err}: Output): Promise<number> {
  const flags = parseFlags(args)
  if (typeof flags === 'string') {
    err(`${flags}\n\n${USAGE}`)
    return 2
  }
  if (flags.help) {
    out(USAGE)
    return 0
  }
  const {port, profile, data, inferenceAccepts} = flags
  try {
    const cloud = await startLocalCloud({
      port,
      profile,
      inferenceAccepts,
      ...(data !== undefined && {dataFile: data}),
    })
    const told = stopSignal() // before the text: its reader may end this at once
    out(describe(cloud, flags))
    await told
    await cloud.close()
    return 0
  } catch (error) {
    err(`${explain(error, port)}\n`)
    return 1
  }
}

interface Flags {
  readonly port: number
  readonly profile: Profile
  readonly data: string | undefined
  readonly inferenceAccepts: 'key' | 'oauth'
  readonly help: boolean
}

/** @returns the flags, or one sentence about what is wrong with them */
function parseFlags(args: readonly string[]): Flags | string {
  try {
    const {values} = parseArgs({
      args: [...args],
      options: {
        port: {type: 'string'},
        profile: {type: 'string'},
        data: {type: 'string'},
        'inference-accepts': {type: 'string', default: 'key'},
        help: {type: 'boolean', short: 'h'},
      },
    })
    const port = values.port === undefined ? DEFAULT_PORT : Number(values.port)
    if (values.port?.trim() === '' || !Number.isInteger(port) || port < 0 || port > HIGHEST_PORT) {
      return `--port takes a number from 0 to ${HIGHEST_PORT}.`
    }
    const {profile: name = 'hosted'} = values
    const profile = PROFILES.find((one) => one === name)
    if (profile === undefined) return `--profile takes ${PROFILES.join(' or ')}.`
    if (values.data?.trim() === '') return '--data takes the path of a file.'
    const inferenceAccepts = values['inference-accepts']
    if (inferenceAccepts !== 'key' && inferenceAccepts !== 'oauth') {
      return '--inference-accepts takes key or oauth.'
    }
    return {port, profile, data: values.data, inferenceAccepts, help: values.help ?? false}
  } catch (error) {
    return error instanceof Error ? error.message : 'The flags are wrong.'
  }
}

function describe(
  {url, profile, accounts}: LocalCloud,
  {data, inferenceAccepts}: Pick<Flags, 'data' | 'inferenceAccepts'>,
): string {
  const rows = accounts.map(({email, password, name, modelAccess}) => {
    const access = modelAccess ? 'with model access' : 'no model access'
    return `  ${email.padEnd(19)} ${password.padEnd(16)} ${name}, ${access}`
  })
  const variables = {MOGPLEX_URL: url, MOGPLEX_DEV: '1'}
  const lines = settingLines(variables, process.platform).map(({shell, line}) =>
    shell === undefined ? `  ${line}` : `  ${line}   (${shell})`,
  )
  return `Mogplex local cloud   ${url}${profile === 'hosted' ? '' : `   profile ${profile}`}

In another terminal:
${lines.join('\n')}
  mogplex login

Demo accounts, with their passwords:
${rows.join('\n')}

${
  inferenceAccepts === 'oauth'
    ? 'A login pays for prompts here; the hosted service takes API keys only today.'
    : 'Prompts take an API key, as at the hosted service today: make one at /settings/api-keys.'
}
${data === undefined ? 'Kept in memory: gone when this ends.' : `Kept in ${data}.`}
Nothing leaves this machine. Ctrl+C ends it.
`
}

async function stopSignal(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
}

function explain(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Choose another one with --port.`
  if (code === 'EACCES' && port > 0 && port < 1024) {
    return `Port ${port} may not be used without more rights. Choose another one with --port.`
  }
  return error instanceof Error ? error.message : 'The local cloud could not start.'
}
