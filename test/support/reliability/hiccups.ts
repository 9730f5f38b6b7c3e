import {inject} from './faults.js'
import type {Lab} from './lab.js'
import {type Tally, tally} from './tally.js'

type Serve = () => Promise<Response>
type Answer = Promise<Response | 'drop'> | Response | 'drop'

/** What happens to the refreshes of one round, in turn. */
interface Hiccup {
  readonly what: string
  /** The access token is valid for two more minutes; otherwise it has expired. */
  readonly holds?: true
  /** A new one for each round. */
  readonly server: () => (serve: Serve) => Answer
  /** The expected result of a round, for each process. */
  readonly code: number
  /** The maximum number of refreshes at the server; any number when absent. */
  readonly requests?: number
  /** How many times the server rotates. */
  readonly rotations: number
}

function later(seconds: number): Response {
  return new Response('', {status: 503, headers: {'retry-after': `${seconds}`}})
}

function inTurn(...answers: ((serve: Serve) => Answer)[]): () => (serve: Serve) => Answer {
  return () => {
    const rest = [...answers]
    return async (serve) => (rest.shift() ?? (async () => serve()))(serve)
  }
}

const lost = async (serve: Serve): Promise<'drop'> => serve().then(() => 'drop' as const)

export const HICCUPS: Readonly<Record<'lasting' | 'lost' | 'replayed' | 'twice', Hiccup>> = {
  twice: {
    what: 'a 503 with a wait, and then a cut',
    server: inTurn(
      () => later(0),
      () => 'drop',
    ),
    code: 0,
    requests: 3,
    rotations: 1,
  },
  replayed: {
    what: 'an answer that is lost, at a server that gives it again',
    server: () => {
      let known: Response | undefined
      return async (serve) => {
        if (known !== undefined) return known.clone()
        known = await serve()
        return 'drop'
      }
    },
    code: 0,
    requests: 2,
    rotations: 1,
  },
  lost: {
    what: 'an answer that is lost, while the access token holds',
    holds: true,
    server: inTurn(lost),
    code: 0,
    requests: 1,
    rotations: 1,
  },
  lasting: {what: 'trouble that lasts', server: () => () => later(5), code: 69, rotations: 0},
}

/**
 * Makes many processes hit a failure of one refresh. A process is lost when its result is not the
 * expected one, or differs from that of the others; a round, when there are too many refreshes.
 */
export async function hiccups(
  lab: Lab,
  hiccup: Hiccup,
  size: {processes: number; rounds: number},
): Promise<Tally> {
  const {what, holds, code, requests = Infinity, rotations} = hiccup
  const result = tally(`${size.processes} processes meet ${what}`)
  let longest = 0
  for (let round = 0; round < size.rounds; round += 1) {
    if (holds === true) lab.age()
    else lab.expire()
    let [asked, rotated, first] = [0, 0, 0]
    const answer = hiccup.server()
    const end = inject(lab, {
      async answer(serve) {
        asked += 1
        first ||= performance.now()
        return answer(async () => {
          rotated += 1
          return serve()
        })
      },
    })
    const many = Array.from({length: size.processes}, async () =>
      lab.run(['whoami', '--verify', '--json'], {timeoutMs: 300_000}),
    )
    const answers = await Promise.all(many)
    end()
    longest = Math.max(longest, performance.now() - first)
    const told = new Set(code === 0 ? [] : answers.map(({stdout}) => errorIn(stdout)))
    for (const {code: seen, stdout, stderr} of answers) {
      result.count(seen === code && told.size <= 1, `${seen ?? ''}: ${stdout}${stderr}`)
    }
    const isRight = asked <= requests && rotated === rotations
    if (!isRight) result.count(false, `${asked} refreshes, ${rotated} rotations`)
    if (holds === true || code !== 0) await renew(lab)
  }
  result.note(
    'seconds from the first refresh to the last answer, at most',
    Math.round(longest / 1000),
  )
  return result
}

function errorIn(stdout: string): string {
  const {verification} = JSON.parse(stdout) as {verification: {error: {message: string}}}
  return verification.error.message
}

/** Signs in again, so that rounds do not affect each other. */
async function renew(lab: Lab): Promise<void> {
  const {code, stderr} = await lab.run(['logout'])
  if (code !== 0) throw new Error(stderr)
  await lab.signIn()
}
