import {execFile} from 'node:child_process'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {builtCli} from './cli-environment.js'
import {preload} from './preload.js'
import type {CliOptions, CliResult} from './run-cli.js'
import type {SignInStage} from './sign-in-stage.js'
import {temporaryHome} from './temporary-home.js'

const run = promisify(execFile)
const INET = /sin6?_port=htons\((\d+)\).*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"/

interface Contacted {
  readonly result: CliResult
  /** `host:port`, or `dns host`; without duplicates. */
  readonly addresses: readonly string[]
}

/**
 * Runs the CLI and reports the addresses it contacted, including its child processes: as requested
 * from Node, and, where strace is available and permitted, as requested from the system.
 */
export async function contactedBy(
  stage: SignInStage,
  args: readonly string[],
  options: Partial<CliOptions> = {},
): Promise<Contacted> {
  const folder = await temporaryHome()
  const [asked, traced] = [join(folder, 'asked'), join(folder, 'traced')]
  const strace = ['strace', '-f', '-qq', '-e', 'trace=connect,sendto', '-o', traced] as const
  const command = (await mayTrace()) ? ([...strace, ...builtCli] as const) : builtCli
  const env = {...options.env, ...preload('record-network.cjs'), MOGPLEX_TEST_NETWORK: asked}
  const result = await stage.run(args, {...options, command, env})
  const system = [...(await textOf(traced)).matchAll(new RegExp(INET, 'g'))].flatMap(
    ([, port = '', host = '']) => (port === '0' ? [] : `${host}:${port}`), // 0: only a route lookup
  )
  const node = (await textOf(asked)).split('\n').filter((line) => line !== '')
  return {result, addresses: [...new Set([...node, ...system])].sort()}
}

let tracing: Promise<boolean> | undefined

async function mayTrace(): Promise<boolean> {
  return (tracing ??= run('strace', ['-qq', '-e', 'trace=none', 'true']).then(
    () => true,
    () => false,
  ))
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}
