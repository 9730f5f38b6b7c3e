// `npm run test:odd [NAME]`: runs the tests that another machine could break in simulations of such
// machines, one after the other: other programs, settings, languages, users, networks, checkouts.
// NAME is a part of the names of the wanted ones. What this machine does not permit is skipped.
import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {cloneWithCrLf, filesWithCrLf} from './odd/checkout.js'
import {oddEnvironments, testsIn, type OddEnvironment} from './odd/environments.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const MOCHA = join('node_modules', 'mocha', 'bin', 'mocha.js')
const PRETTIER = join(ROOT, 'node_modules', 'prettier', 'bin', 'prettier.cjs')
const COUNTS = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m
const IN_A_CHECKOUT = [
  'test/manifest.test.ts',
  'test/architecture.test.ts',
  ...testsIn('e2e', 'auth-skill', 'clock', 'docs', 'refresh-beaten', 'session-logs', 'skills'),
]

interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const [wanted = ''] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'mogplex-odd-'))
const all: Counts[] = []
try {
  for (const odd of oddEnvironments(folder)) if (odd.name.includes(wanted)) tell(odd.name, run(odd))
  if ('a checkout by Git for Windows'.includes(wanted)) tryCheckout()
} finally {
  rmSync(folder, {recursive: true, force: true})
}
const sum = (key: keyof Counts): number => all.reduce((total, counts) => total + counts[key], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
if (sum('failed') > 0) process.exitCode = 1

function tell(name: string, result: Counts | string): void {
  const counts = typeof result === 'string' ? {passed: 0, failed: 0, skipped: 1} : result
  const {passed, failed, skipped} = counts
  all.push(counts)
  const text = `${passed} passed, ${failed} failed, ${skipped} skipped`
  console.log(`${name}: ${typeof result === 'string' ? `skipped (${result})` : text}`)
}

/** @returns the counts, or why it was skipped */
function run({tests, env, within = []}: OddEnvironment, cwd = ROOT): Counts | string {
  const environment = {...process.env, ...env}
  const begin = (args: readonly string[]) => {
    const [program = '', ...rest] = [...within, process.execPath, ...args]
    return spawnSync(program, rest, {
      cwd,
      env: environment,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
  }
  const probe = begin(['-p', 'require("./package.json").name'])
  if (probe.status !== 0) return `${within[0] ?? 'node'} is not there, or may not do that here`
  const {stdout, stderr} = begin([MOCHA, '--parallel', '--jobs', '3', ...tests])
  // mocha would only warn about a missing file.
  const isWhole = !stderr.includes('Cannot find any files matching')
  const [, passed, failed, skipped] = (isWhole ? COUNTS.exec(stdout) : null) ?? []
  if (passed === undefined || failed !== '0') console.log(failuresIn(stdout) || stderr)
  if (passed === undefined) return {passed: 0, failed: 1, skipped: 0}
  return {passed: Number(passed), failed: Number(failed), skipped: Number(skipped)}
}

function failuresIn(stdout: string): string {
  return stdout.slice(stdout.search(/^.*\d+ failing/m))
}

function tryCheckout(): void {
  const checkout = cloneWithCrLf(ROOT, folder)
  const name = 'a checkout by Git for Windows'
  if (checkout === undefined) {
    tell(name, 'there is no git, or this is no clone')
    return
  }
  const crLf = filesWithCrLf(checkout)
  if (crLf.length > 0) console.log(crLf.join('\n'))
  tell(`${name}, its line ends`, verdict(crLf.length === 0))
  const args = [PRETTIER, '--check', '--log-level', 'warn', '.']
  const {status} = spawnSync(process.execPath, args, {cwd: checkout, stdio: 'inherit'})
  tell(`${name}, its format`, verdict(status === 0))
  tell(`${name}, with blanks in its path`, run({name, tests: IN_A_CHECKOUT}, checkout))
}

function verdict(isGood: boolean): Counts {
  return {passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0}
}
