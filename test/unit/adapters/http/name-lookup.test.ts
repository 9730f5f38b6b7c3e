import {expect} from 'chai'
import {lookingUpFirst} from '../../../../src/adapters/http/name-lookup.js'
import {UnreachableError} from '../../../../src/domain/errors/remote.js'
import {writeFor} from '../../../../src/domain/platform/shell.js'
import type {
  HttpRequest,
  HttpStreamRequest,
  StreamingHttp,
} from '../../../../src/domain/network/http.js'

const ANSWER = {status: 200, headers: {}, body: ''}

describe('lookingUpFirst', () => {
  let asked: string[]
  const http: StreamingHttp = Object.assign(
    async ({url}: HttpRequest) => {
      asked.push(url.href)
      return Promise.resolve(ANSWER)
    },
    {stream: async ({url}: HttpStreamRequest) => Promise.reject(new Error(url.href))},
  )
  const ask = async (
    address: string,
    env: Record<string, string> = {},
    limitMs = 10_000,
  ): Promise<unknown> => {
    asked = []
    const environment = {PATH: process.env.PATH, ...env}
    const request = {method: 'GET', url: new URL(address)} as const
    return lookingUpFirst(http, environment, limitMs)(request).catch((error: unknown) => error)
  }

  it('sends the request at once where there is no name: this machine, or an address', async () => {
    for (const address of ['http://127.0.0.1:1/', 'http://localhost:1/', 'https://[::1]/']) {
      expect(await ask(address, {}, 1)).to.equal(ANSWER)
      expect(asked).to.deep.equal([address])
    }
    expect(await ask('https://192.0.2.1/', {}, 1)).to.equal(ANSWER)
  })

  it('sends nothing where the name is not found in time, and says so', async () => {
    const error = await ask('https://name.example/', {}, 1) // too short for a process to start
    expect(error).to.be.instanceOf(UnreachableError)
    expect(error).to.have.property(
      'message',
      'name.example cannot be reached: no name server answers (DNS).',
    )
    expect(asked).to.deep.equal([])
  })

  it('looks up the proxy where one is used, and names its variable', async () => {
    const env = {HTTPS_PROXY: 'http://proxy.example:3128'}
    const error = await ask('https://192.0.2.1/', env, 1)
    expect(error)
      .to.have.property('message')
      .that.includes('The proxy proxy.example:3128 of HTTPS_PROXY')
    expect(error).to.have.property('remedy').that.includes('`unset HTTPS_PROXY`')
    expect(asked).to.deep.equal([])
    writeFor({PROMPT: '$P$G'}, 'win32')
    const onWindows = await ask('https://192.0.2.1/', env, 1)
    writeFor({}, 'linux')
    expect(onWindows).to.have.property('remedy').that.includes('`set HTTPS_PROXY=`')
  })

  it('ends with the request, with its reason, and sends nothing', async () => {
    asked = []
    const reason = new Error('Too late.')
    const request = {method: 'GET', url: new URL('https://name.example/')} as const
    for (const send of [
      lookingUpFirst(http, {}, 10_000),
      lookingUpFirst(http, {}, 10_000).stream,
    ]) {
      const error: unknown = await send({...request, signal: AbortSignal.abort(reason)}).catch(same)
      expect(error).to.equal(reason)
    }
    expect(asked).to.deep.equal([])
  })

  it('looks up a name again that was not found', async () => {
    const {PATH} = process.env
    const looking = lookingUpFirst(http, {PATH}, 1)
    const request = {method: 'GET', url: new URL('https://name.example/')} as const
    const errors = [await looking(request).catch(same), await looking(request).catch(same)]
    expect(errors[0]).to.be.instanceOf(UnreachableError)
    expect(errors[1]).to.be.instanceOf(UnreachableError).and.not.equal(errors[0])
  })

  // Two dots: no DNS server is needed.
  it('says that there is no such name', async () => {
    const error = await ask('https://no-such..invalid/')
    expect(error)
      .to.have.property('message')
      .that.matches(/^no-such\.\.invalid cannot be reached: .*DNS/)
  })
})

function same(error: unknown): unknown {
  return error
}
