import {expect} from 'chai'
import type {CliResult} from './run-cli.js'

/** An error as `--json` prints it. */
export interface JsonError {
  code: string
  message: string
  remedy: string
  exitCode: number
  /** A plugin's additional data. */
  details?: unknown
}

/** The JSON lines on standard output, which must contain nothing else. */
export function jsonLines({stdout}: CliResult): unknown[] {
  if (stdout === '') return []
  expect(stdout.at(-1), 'the last line ends').to.equal('\n')
  return stdout
    .slice(0, -1)
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

/** The only JSON object on standard output. */
export function jsonOf(result: CliResult): Record<string, unknown> {
  const lines = jsonLines(result)
  expect(lines, result.stdout).to.have.length(1)
  return lines[0] as Record<string, unknown>
}

const ERROR_FIELDS = ['code', 'message', 'remedy', 'exitCode']

/** Fails unless it has the four fields of an error, and otherwise only facts of a response. */
export function expectErrorFields(error: object): void {
  const {
    status,
    retryAfterSeconds,
    requestId,
    details = {},
    ...rest
  } = error as Record<string, unknown>
  expect(Object.keys(rest)).to.deep.equal(ERROR_FIELDS)
  for (const number of [status, retryAfterSeconds])
    expect(number).to.satisfy((it: unknown) => it === undefined || Number.isInteger(it))
  expect(details).to.be.an('object')
  expect(typeof requestId).to.be.oneOf(['string', 'undefined'])
}

/**
 * The error on standard output of a run with `--json`: `code`, `message`, `remedy`, `exitCode`,
 * which must equal the process's exit code, and the known facts of a server's response.
 */
export function jsonErrorOf(result: CliResult): JsonError {
  const answer = jsonOf(result)
  expect(Object.keys(answer)).to.deep.equal(['error'])
  const error = answer.error as JsonError
  expectErrorFields(error)
  expect(error.code).to.match(/^[A-Z][A-Z_]+$/)
  expect(error.message.trim()).not.to.equal('')
  expect(error.remedy.trim()).not.to.equal('')
  expect(result.code, 'the exit code of the process').to.equal(error.exitCode)
  expect(result.signal).to.equal(undefined)
  return error
}

/** Fails unless it ended with this code, and shows all its output. */
export function expectExit(result: CliResult, code: number): void {
  const said = `stdout:\n${result.stdout}\nstderr:\n${result.stderr}`
  expect(result.code ?? result.signal, said).to.equal(code)
}
