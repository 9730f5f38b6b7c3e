import type {MogplexError} from '@mogplex/plugin-kit/errors'
import {expect} from 'chai'
import {isRefresh, type Lab, OTHERS} from './lab.js'
import {type Tally, tally} from './tally.js'
import {tryAgain} from '../../../src/domain/errors/server-facts.js'

type Served = () => Promise<Response>

/** What a server, or a proxy before it, may do to a refresh without ending the sign-in. */
interface Fault {
  readonly name: string
  readonly exitCode: 69 | 75
  readonly code: 'RATE_LIMITED' | 'REMOTE' | 'UNREACHABLE'
  /** A retry time of the server that is later than anybody waits. */
  readonly seconds?: number
  readonly answer: (
    serve: Served,
  ) => Promise<Response | 'drop' | 'hang'> | Response | 'drop' | 'hang'
}

const HTML = '<!doctype html><title>Sign in to the hotel network</title>'

function json(status: number, body: object, headers: Record<string, string> = {}): Response {
  return Response.json(body, {status, headers})
}

function html(status: number): Response {
  return new Response(HTML, {status, headers: {'content-type': 'text/html'}})
}

const LATER = {exitCode: 75, code: 'RATE_LIMITED'} as const
const TROUBLE = {exitCode: 69, code: 'REMOTE'} as const
const AWAY = {exitCode: 69, code: 'UNREACHABLE'} as const

export const FAULTS: readonly Fault[] = [
  {name: '408', ...TROUBLE, answer: () => html(408)},
  {
    name: '429 with Retry-After',
    ...LATER,
    seconds: 70,
    answer: () => json(429, {error: 'slow_down'}, {'retry-after': '70'}),
  },
  {
    name: '429 as text with X-Retry-After',
    ...LATER,
    seconds: 90,
    answer: () =>
      new Response('{"message":"Too many requests. Please try again later."}', {
        status: 429,
        headers: {'content-type': 'text/plain', 'x-retry-after': '90'},
      }),
  },
  {name: '429 and nothing else', ...LATER, answer: () => new Response('', {status: 429})},
  {name: '500', ...TROUBLE, answer: () => json(500, {error: 'server_error'})},
  {
    name: '500 that says invalid_grant',
    ...TROUBLE,
    answer: () => json(500, {error: 'invalid_grant'}),
  },
  {name: '502 in HTML', ...TROUBLE, answer: () => html(502)},
  {
    name: '503 that says an hour',
    ...TROUBLE,
    seconds: 3600,
    answer: () => new Response('', {status: 503, headers: {'retry-after': '3600'}}),
  },
  {
    name: '503 that says "at once", forever',
    ...TROUBLE,
    answer: () => new Response('', {status: 503, headers: {'retry-after': '0'}}),
  },
  {name: '503 and nothing else', ...TROUBLE, answer: () => new Response('', {status: 503})},
  {name: '200 in HTML', ...TROUBLE, answer: () => html(200)},
  {name: '400 in HTML', ...TROUBLE, answer: () => html(400)},
  {name: '401 in HTML', ...TROUBLE, answer: () => html(401)},
  {name: '403 and nothing else', ...TROUBLE, answer: () => new Response('', {status: 403})},
  {name: '204', ...TROUBLE, answer: () => new Response(null, {status: 204})},
  {
    name: 'a redirect',
    ...TROUBLE,
    answer: () => new Response('', {status: 302, headers: {location: 'http://127.0.0.1:9/'}}),
  },
  {
    name: 'JSON that is cut short',
    ...TROUBLE,
    answer: () =>
      new Response('{"access_token": "cut-sh', {headers: {'content-type': 'application/json'}}),
  },
  {name: 'JSON without a token', ...TROUBLE, answer: () => json(200, {ok: true})},
  {name: 'another error', ...TROUBLE, answer: () => json(401, {error: 'invalid_client'})},
  {name: 'a connection that is cut', ...AWAY, answer: () => 'drop'},
]

/** One that takes as long as our timeout for a token endpoint. */
export const SILENCE: Fault = {name: 'silence', ...AWAY, answer: () => 'hang'}

/** Applies a fault to the next refreshes. @returns a function that ends it */
export function inject({server}: Lab, {answer}: Pick<Fault, 'answer'>): () => void {
  return server.intercept(async (request, serve) =>
    (await isRefresh(request)) ? answer(serve) : undefined,
  )
}

/** The result of a check of the login. */
export type Checked = Pick<MogplexError, 'code' | 'exitCode' | 'message' | 'remedy'>

/** Checks the stored login like a user. */
export async function checkByCommand(lab: Lab, env = {}): Promise<Checked> {
  const {code, stdout, stderr} = await lab.run(['whoami', '--verify', '--json'], {env})
  expect(stdout, stderr).to.include('"unverified"')
  const {verification} = JSON.parse(stdout) as {verification: {error: Checked}}
  expect(code).to.equal(verification.error.exitCode)
  return verification.error
}

type Check = (lab: Lab) => Promise<Checked>

/** A refresh hits the fault: nothing stored changes, and the error says what to do. */
export async function meet(lab: Lab, fault: Fault, check: Check = checkByCommand): Promise<void> {
  lab.expire()
  const before = lab.text()
  const end = inject(lab, fault)
  const {code, exitCode, message, remedy} = await check(lab)
  end()
  const said = `${fault.name}: ${message} ${remedy}`
  expect({code, exitCode}, said).to.deep.equal({code: fault.code, exitCode: fault.exitCode})
  expect(message, said).to.include(new URL(lab.server.issuer).host)
  if (fault.seconds !== undefined) expect(remedy, said).to.include(tryAgain(fault.seconds))
  expect(lab.text(), `${fault.name}: nothing stored changes`).to.equal(before)
}

/** The server works again: the next command refreshes, and leaves nothing behind. */
export async function recover(lab: Lab): Promise<void> {
  const {code, stdout, stderr} = await lab.run(['whoami', '--verify'])
  expect(code, stdout + stderr).to.equal(0)
  expect(lab.text()).to.include(OTHERS)
  expect(lab.beside()).to.deep.equal([])
}

/** Tests all of them, one after the other. */
export async function allFaults(lab: Lab): Promise<Tally> {
  const result = tally('refreshes that meet trouble of server or network')
  for (const fault of [...FAULTS, SILENCE]) {
    const problem: unknown = await meet(lab, fault)
      .then(async () => recover(lab))
      .then(
        () => undefined,
        (error: unknown) => error,
      )
    result.count(problem === undefined, String(problem))
  }
  return result
}
