import {expect} from 'chai'
import type {ReportedFinding} from '../../src/domain/doctor/finding.js'
import {jsonLines} from './answers.js'
import type {CliResult} from './run-cli.js'
import type {SignInStage} from './sign-in-stage.js'

/** The findings of `mogplex doctor --json`. */
export interface Report {
  readonly findings: readonly ReportedFinding[]
  readonly result: CliResult
}

/** Runs `mogplex doctor --json`, whose exit code must match its findings. */
export async function examined(stage: SignInStage, args: readonly string[] = []): Promise<Report> {
  const result = await stage.run(['doctor', '--json', ...args])
  const findings = jsonLines(result) as ReportedFinding[]
  for (const finding of findings) {
    expect(Object.keys(finding)).to.deep.equal(KEYS)
    if (finding.state === 'wrong') expect(finding.remedy, finding.what).to.match(/\S/)
  }
  const isWell = findings.every(({state}) => state === 'fine')
  expect(result.code, result.stdout + result.stderr).to.equal(isWell ? 0 : 1)
  return {findings, result}
}

const KEYS = ['id', 'state', 'what', 'remedy', 'fixable', 'mended']

/** The finding with an id; the first failed one, where there are several. */
export function found({findings, result}: Report, id: string): ReportedFinding {
  const those = findings.filter((finding) => finding.id === id)
  const finding = those.find(({state}) => state !== 'fine') ?? those[0]
  if (finding === undefined) throw new Error(`No finding ${id}:\n${result.stdout}`)
  return finding
}
