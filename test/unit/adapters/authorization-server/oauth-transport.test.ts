import {expect} from 'chai'
import {oauthTransport} from '../../../../src/adapters/authorization-server/oauth-transport.js'
import {SIGN_IN_LIMITS} from '../../../../src/domain/network/answer-limits.js'
import type {HttpAnswer, HttpRequest} from '../../../../src/domain/network/http.js'

const ADDRESS = 'https://id.example.com/token'
const GET = {method: 'GET', headers: {}, redirect: 'manual', body: undefined} as const

/** The library's options with an HTTP client that returns this answer, and the requests it got. */
async function answering(
  answer: Partial<HttpAnswer>,
  look = ({body}: HttpAnswer): string => body,
  signal?: AbortSignal,
) {
  const asked: HttpRequest[] = []
  const http = async (request: HttpRequest): Promise<HttpAnswer> => {
    asked.push(request)
    return {status: 200, headers: {}, body: '', ...answer}
  }
  const oauth = await import('oauth4webapi')
  const options = await oauthTransport({http, loopbackHttp: false, signal}, look)
  const fetch = options[oauth.customFetch]
  if (typeof fetch !== 'function') throw new Error('The library would take its own way out.')
  return {asked, fetch}
}

describe('oauthTransport', () => {
  it('passes on method, headers, the form and the signal', async () => {
    const {signal} = new AbortController()
    const {asked, fetch} = await answering({}, undefined, signal)
    const body = new URLSearchParams({a: '1', b: '2 3'})
    const headers = {accept: 'application/json'}
    await fetch(ADDRESS, {...GET, method: 'POST', headers, body})
    expect(asked).to.deep.equal([
      {
        method: 'POST',
        url: new URL(ADDRESS),
        headers,
        body: 'a=1&b=2+3',
        signal,
        limits: SIGN_IN_LIMITS,
      },
    ])
  })

  it('returns the body of the check, labelled as JSON, and no other header', async () => {
    const answer = {body: 'theirs', headers: {'www-authenticate': 'Bearer x'}}
    const {fetch} = await answering(answer, () => '{"ours":1}')
    const response = await fetch(ADDRESS, GET)
    expect(await response.json()).to.deep.equal({ours: 1})
    expect(Object.fromEntries(response.headers)).to.deep.equal({'content-type': 'application/json'})
  })

  it('passes on an error of the check', async () => {
    const failure = new Error('later')
    const {fetch} = await answering({status: 429}, () => {
      throw failure
    })
    expect(await fetch(ADDRESS, GET).catch((error: unknown) => error)).to.equal(failure)
  })

  for (const status of [204, 205, 304]) {
    it(`knows that a ${status} has no body`, async () => {
      const {fetch} = await answering({status, body: 'x'})
      const response = await fetch(ADDRESS, GET)
      expect(response.status).to.equal(status)
      expect(await response.text()).to.equal('')
    })
  }

  it('returns a 201 with a body as 200', async () => {
    const {fetch} = await answering({status: 201, body: 'x'})
    const response = await fetch(ADDRESS, GET)
    expect([response.status, await response.text()]).to.deep.equal([200, 'x'])
  })

  for (const status of [101, 600, 999]) {
    it(`treats the invalid status ${status} as a bad gateway`, async () => {
      const {fetch} = await answering({status})
      expect((await fetch(ADDRESS, GET)).status).to.equal(502)
    })
  }

  it('allows plain http only when configured', async () => {
    const oauth = await import('oauth4webapi')
    for (const loopbackHttp of [true, false]) {
      const http = async (): Promise<HttpAnswer> => Promise.reject(new Error('unused'))
      const options = await oauthTransport({http, loopbackHttp}, () => '')
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is what this is about
      expect(options[oauth.allowInsecureRequests]).to.equal(loopbackHttp)
    }
  })
})
