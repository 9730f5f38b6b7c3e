import {expect} from 'chai'
import {retryingHttp} from '../../../../src/adapters/mogplex-api/retrying-http.js'
import {UnreachableError} from '../../../../src/domain/errors/remote.js'
import type {Http, HttpAnswer, HttpRequest} from '../../../../src/domain/network/http.js'

const URL_ASKED = new URL('https://mogplex.com/api/v1/models')
const GOOD: HttpAnswer = {status: 200, headers: {}, body: '[]'}

function later(status: number, seconds?: number): HttpAnswer {
  return {status, headers: seconds === undefined ? {} : {'retry-after': `${seconds}`}, body: ''}
}

/** Answers in turn, and records requests and waits. */
function stage(...answers: (Error | HttpAnswer)[]) {
  return stageOf(false, ...answers)
}

function stageOf(isHarmless: boolean, ...answers: (Error | HttpAnswer)[]) {
  const pauses: number[] = []
  let asked = 0
  const http: Http = async () => {
    const answer = answers[asked++] ?? new Error('It was asked too often.')
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  }
  const pause = async (milliseconds: number): Promise<void> => void pauses.push(milliseconds)
  const patient = retryingHttp(http, pause, isHarmless)
  const get = async (changes: Partial<HttpRequest> = {}): Promise<HttpAnswer> =>
    patient({method: 'GET', url: URL_ASKED, ...changes})
  return {get, pauses, asked: () => asked}
}

describe('retryingHttp', () => {
  const cut = new UnreachableError('The connection was cut.')
  const away = new UnreachableError('No DNS.', undefined, false)

  for (const error of [cut, away]) {
    it(`repeats once, soon, a request without an answer: ${error.message}`, async () => {
      const {get, pauses} = stage(error, GOOD)
      expect(await get()).to.equal(GOOD)
      expect(pauses).to.deep.equal([300])
      const twice = stage(error, error)
      expect(await twice.get().catch((thrown: unknown) => thrown)).to.equal(error)
      expect(twice.asked()).to.equal(2)
    })
  }

  for (const status of [429, 503]) {
    for (const [seconds, pauses] of [
      [0, [300]],
      [1, [1000]],
      [5, [5000]],
      [6, []],
      [undefined, []],
    ] as const) {
      const what = pauses.length > 0 ? `waits ${pauses.join()} ms` : 'does not wait'
      it(`${what} when a ${status} says ${seconds ?? 'no number of'} seconds`, async () => {
        const busy = later(status, seconds)
        const {get, pauses: seen} = stage(busy, GOOD)
        expect(await get()).to.equal(pauses.length > 0 ? GOOD : busy)
        expect(seen).to.deep.equal(pauses)
      })
    }
  }

  it('sends three requests in total, and waits for five seconds in total', async () => {
    const forever = stage(later(503, 0), later(503, 0), later(503, 0))
    expect(await forever.get()).to.include({status: 503})
    expect(forever.pauses).to.deep.equal([300, 300])
    const slow = stage(later(503, 3), later(503, 3))
    expect(await slow.get()).to.include({status: 503})
    expect(slow.pauses).to.deep.equal([3000])
  })

  it('repeats no other answer, and no request that changes anything', async () => {
    for (const answer of [later(500, 1), later(502), later(401), GOOD]) {
      expect(await stage(answer).get()).to.equal(answer)
    }
    const {get, asked} = stage(later(503, 0))
    expect(await get({method: 'POST'})).to.include({status: 503})
    expect(asked()).to.equal(1)
  })

  it('repeats safe requests, also after a failure: three times each', async () => {
    const {get, pauses} = stageOf(true, cut, later(502), cut, later(500), away, GOOD)
    expect(await get({method: 'POST'})).to.equal(GOOD)
    expect(pauses).to.deep.equal([300, 300, 600, 600, 1200])
    const dead = stageOf(true, cut, cut, cut, cut)
    expect(await dead.get({method: 'POST'}).catch((thrown: unknown) => thrown)).to.equal(cut)
    expect(dead.asked()).to.equal(4)
    const limited = stageOf(true, later(429, 60))
    expect(await limited.get({method: 'POST'})).to.include({status: 429})
    expect(limited.asked()).to.equal(1)
  })

  it('repeats nothing after an abort', async () => {
    const {get, asked} = stage(cut)
    const signal = AbortSignal.abort(new Error('Enough.'))
    expect(await get({signal}).catch((thrown: unknown) => thrown)).to.equal(cut)
    expect(asked()).to.equal(1)
  })
})
