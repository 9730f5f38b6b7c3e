import {spawn} from 'node:child_process'
import {onCleanup} from './cleanup.js'
import {builtCli, cliEnvironment} from './cli-environment.js'
import type {Command, Exit} from './cli-environment.js'
import {findPattern, waitUntil} from './wait-until.js'

export interface CliOptions {
  home: string
  env?: Readonly<Record<string, string>>
  /** A text followed by the end; `closed`: the end at once; `open`: nothing, and no end. */
  stdin?: string
  /** The working folder; by default its home, so that nothing of the project is in reach. */
  cwd?: string
  timeoutMs?: number
  /** The program to run instead of the built CLI. */
  command?: Command
}

export interface CliResult extends Exit {
  stdout: string
  stderr: string
}

export interface RunningCli {
  readonly pid: number
  readonly stdout: string
  readonly stderr: string
  /** Resolves when the process has ended, and all of its output was read. */
  readonly exit: Promise<CliResult>
  waitFor: (
    wanted: string | RegExp,
    from?: 'stdout' | 'stderr',
    timeoutMs?: number,
  ) => Promise<RegExpExecArray>
  /** Sends one line. */
  write: (line: string) => void
  endInput: () => void
  kill: (signal?: NodeJS.Signals) => void
}

/** Runs the built CLI to its end, without a terminal. */
export async function runCli(args: readonly string[], options: CliOptions): Promise<CliResult> {
  const timeoutMs = options.timeoutMs ?? 45_000
  const cli = startCli(args, {stdin: 'closed', ...options})
  let deadline: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    deadline = setTimeout(() => {
      reject(new Error(`After ${timeoutMs} ms, still running.${seen(args, cli)}`))
      cli.kill('SIGKILL')
    }, timeoutMs)
  })
  try {
    return await Promise.race([cli.exit, tooLate])
  } finally {
    clearTimeout(deadline)
  }
}

/** Starts the built CLI, without a terminal and with its input open, for a test to control. */
export function startCli(args: readonly string[], options: CliOptions): RunningCli {
  const {home, env, stdin = 'open', cwd = home, command: [program, ...first] = builtCli} = options
  const child = spawn(program, [...first, ...args], {
    cwd,
    env: cliEnvironment(home, env),
    stdio: 'pipe',
    detached: true, // a separate session: /dev/tty, too, is out of reach
  })
  const output = {stdout: '', stderr: ''}
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  child.stdin.on('error', () => undefined) // EPIPE: it may end without reading its input
  if (stdin !== 'open') child.stdin.end(stdin === 'closed' ? '' : stdin)

  let alive = true
  const exit = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => (alive = false))
    child.once('close', (code, signal) => {
      resolve({code: code ?? undefined, signal: signal ?? undefined, ...output})
    })
  })
  let closed = false
  const close = () => {
    closed = true
  }
  exit.then(close, close)

  onCleanup(async () => {
    if (alive && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    child.stdout.destroy() // a grandchild may hold the other end
    child.stderr.destroy()
    await exit.catch(() => undefined)
  })

  const cli: RunningCli = {
    pid: child.pid ?? -1,
    get stdout() {
      return output.stdout
    },
    get stderr() {
      return output.stderr
    },
    exit,
    waitFor: (wanted, from = 'stdout', timeoutMs = 30_000) =>
      waitUntil({
        look: () => findPattern(output[from], wanted),
        over: () => closed,
        timeoutMs,
        describe: () => `${String(wanted)} on ${from}.${seen(args, cli)}`,
      }),
    write: (line) => child.stdin.write(`${line}\n`),
    endInput: () => child.stdin.end(),
    kill: (signal = 'SIGTERM') => child.kill(signal),
  }
  return cli
}

function seen(args: readonly string[], {stdout, stderr}: RunningCli): string {
  return `\narguments: ${args.join(' ')}\nstdout:\n${stdout}\nstderr:\n${stderr}`
}
