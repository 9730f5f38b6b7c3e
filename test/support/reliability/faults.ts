import {expect} from 'chai'
import {isRefresh, type Lab, OTHERS} from './lab.js'
import {type Tally, tally} from './tally.js'

type Served = () => Promise<Response>

/** What a server, or what stands before it, may do to a refresh without ending the sign-in. */
export interface Fault {
  readonly name: string
  readonly exitCode: 69 | 75
  /** What the message has to say. */
  readonly says: RegExp
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

const TOO_MANY = /too many requests/
const TROUBLE = /is in trouble: it answers \d{3}/
const NOT_UNDERSTOOD = /was not understood. The login is kept/

export const FAULTS: readonly Fault[] = [
  {name: '408', exitCode: 69, says: TROUBLE, answer: () => html(408)},
  {
    ...{
      name: '429 with Retry-After',
      exitCode: 75,
      says: /too many requests[^]*Try again in 7 s\./,
    },
    answer: () => json(429, {error: 'slow_down'}, {'retry-after': '7'}),
  },
  {
    ...{name: '429 as text with X-Retry-After', exitCode: 75, says: /Try again in 9 s\./},
    answer: () =>
      new Response('{"message":"Too many requests. Please try again later."}', {
        ...{status: 429, headers: {'content-type': 'text/plain', 'x-retry-after': '9'}},
      }),
  },
  {
    name: '429 and nothing else',
    exitCode: 75,
    says: TOO_MANY,
    answer: () => new Response('', {status: 429}),
  },
  {name: '500', exitCode: 69, says: TROUBLE, answer: () => json(500, {error: 'server_error'})},
  {
    ...{name: '500 that says invalid_grant', exitCode: 69, says: TROUBLE},
    answer: () => json(500, {error: 'invalid_grant'}),
  },
  {name: '502 in HTML', exitCode: 69, says: TROUBLE, answer: () => html(502)},
  {
    name: '503 and nothing else',
    exitCode: 69,
    says: TROUBLE,
    answer: () => new Response('', {status: 503}),
  },
  {name: '200 in HTML', exitCode: 69, says: NOT_UNDERSTOOD, answer: () => html(200)},
  {name: '400 in HTML', exitCode: 69, says: NOT_UNDERSTOOD, answer: () => html(400)},
  {name: '401 in HTML', exitCode: 69, says: NOT_UNDERSTOOD, answer: () => html(401)},
  {
    name: '403 and nothing else',
    exitCode: 69,
    says: NOT_UNDERSTOOD,
    answer: () => new Response('', {status: 403}),
  },
  {
    name: '204',
    exitCode: 69,
    says: NOT_UNDERSTOOD,
    answer: () => new Response(null, {status: 204}),
  },
  {
    ...{name: 'a redirect', exitCode: 69, says: NOT_UNDERSTOOD},
    answer: () => new Response('', {status: 302, headers: {location: 'http://127.0.0.1:9/'}}),
  },
  {
    ...{name: 'JSON that is cut short', exitCode: 69, says: NOT_UNDERSTOOD},
    answer: () =>
      new Response('{"access_token": "cut-sh', {headers: {'content-type': 'application/json'}}),
  },
  {
    name: 'JSON without a token',
    exitCode: 69,
    says: NOT_UNDERSTOOD,
    answer: () => json(200, {ok: true}),
  },
  {
    ...{
      name: 'another error',
      exitCode: 69,
      says: /did not refresh the login \(invalid_client\)\. It is kept/,
    },
    answer: () => json(401, {error: 'invalid_client'}),
  },
  {name: 'a connection that is cut', exitCode: 69, says: /cannot be reached/, answer: () => 'drop'},
]

/** One that takes as long as we wait for a token endpoint. */
export const SILENCE: Fault = {
  ...{name: 'silence', exitCode: 69, says: /cannot be reached: it did not answer in time/},
  answer: () => 'hang',
}

/** Lets a fault happen at the next refreshes. @returns how to end it */
export function inject({server}: Lab, {answer}: Pick<Fault, 'answer'>): () => void {
  return server.intercept(async (request, serve) =>
    (await isRefresh(request)) ? answer(serve) : undefined,
  )
}

/** A refresh meets the fault: nothing stored changes, and the message says what to do. */
export async function meet(lab: Lab, fault: Fault): Promise<void> {
  lab.expire()
  const before = lab.text()
  const end = inject(lab, fault)
  const result = await lab.run(['whoami', '--verify'])
  end()
  const said = `${fault.name}: ${result.stdout}${result.stderr}`
  expect(result.code, said).to.equal(fault.exitCode)
  expect(said)
    .to.match(fault.says)
    .and.to.match(/Try again/)
  expect(lab.text(), `${fault.name}: nothing stored changes`).to.equal(before)
}

/** The server is well again: the next command refreshes, and leaves nothing behind. */
export async function recover(lab: Lab): Promise<void> {
  const {code, stdout, stderr} = await lab.run(['whoami', '--verify'])
  expect(code, stdout + stderr).to.equal(0)
  expect(lab.text()).to.include(OTHERS)
  expect(lab.beside()).to.deep.equal([])
}

/** Meets all of them, one after the other. */
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
