import {expect} from 'chai'
import type {ServerCallback, CallbackServer} from '../../../src/adapters/callback-server.js'
import {type Judgement, judgeCallback} from '../../../src/domain/login/callback-rules.js'
import {LoginFailedError} from '../../../src/domain/errors/authentication.js'
import {CancelledError} from '../../../src/domain/errors/cancelled.js'
import {Secret} from '../../../src/domain/credential/secret.js'
import {firstCallback, type PasteRoute} from '../../../src/services/first-callback.js'

const REDIRECT = 'http://127.0.0.1:24816/auth/callback'
const GOOD = `${REDIRECT}?code=code-value&state=state-value`
const FOREVER = new Promise<never>(() => undefined)
const EXPECTED = {state: 'state-value', issuer: 'https://mogplex.com', issPromised: false}

function judge(query: URLSearchParams): Judgement {
  return judgeCallback(query, EXPECTED)
}

function serverWith(answer: Promise<ServerCallback>): CallbackServer {
  return {port: 24816, redirectUri: REDIRECT, answer, close: async () => Promise.resolve()}
}

function serverAnswer(): ServerCallback {
  const [code, state] = [new Secret('from-the-browser'), new Secret('state-value')]
  return {judgement: {kind: 'code', code, state, iss: undefined}, respond: () => undefined}
}

/** Sends lines, then ends, or with `stays` waits until it is ended. */
function pasting(lines: readonly string[], {stays = true} = {}): PasteRoute {
  return async function* (signal) {
    yield* lines
    if (stays && !signal.aborted) {
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve, {once: true})
      })
    }
  }
}

interface Routes {
  readonly server?: CallbackServer | undefined
  readonly paste?: PasteRoute
  readonly signal?: AbortSignal
  readonly timeoutSeconds?: number
}

async function wait({server, paste = pasting([]), ...rest}: Routes) {
  const told: object[] = []
  const tell = (event: object): void => {
    told.push(event)
  }
  const login = {timeoutSeconds: 60, signal: new AbortController().signal, ...rest, paste, tell}
  const answered = firstCallback({
    server,
    noRouteLeft: () => new LoginFailedError('No route is left.'),
    judge,
    redirectUri: REDIRECT,
    login,
  })
  const result = await answered.catch((error: unknown) => error)
  return {result, told}
}

function codeIn(result: unknown): string {
  if (typeof result !== 'object' || result === null || !('judgement' in result)) throw result
  const {judgement} = result as ServerCallback
  return judgement.kind === 'code' ? judgement.code.reveal() : judgement.kind
}

describe('firstCallback', () => {
  it("returns the browser's callback, with a function to answer it, and ends the pasting", async () => {
    const answer = serverAnswer()
    let ended: AbortSignal | undefined
    const paste: PasteRoute = (signal) => {
      ended = signal
      return pasting([])(signal)
    }
    const {result} = await wait({server: serverWith(Promise.resolve(answer)), paste})
    expect(result).to.equal(answer)
    expect(ended?.aborted).to.equal(true)
  })

  it('returns a pasted callback, with a server and without; no browser waits for an answer', async () => {
    for (const server of [serverWith(FOREVER), undefined]) {
      const {result, told} = await wait({server, paste: pasting([GOOD])})
      expect(codeIn(result)).to.equal('code-value')
      ;(result as ServerCallback).respond({ok: true})
      expect(told).to.deep.equal([])
    }
  })

  it('accepts an error with the right state as an answer', async () => {
    const denied = `${REDIRECT}?error=access_denied&state=state-value`
    expect(codeIn((await wait({paste: pasting([denied])})).result)).to.equal('denied')
  })

  it('closes only one way at the end of the input', async () => {
    const later = new Promise<ServerCallback>((resolve) => {
      setImmediate(() => {
        setImmediate(resolve, serverAnswer())
      })
    })
    const {result} = await wait({server: serverWith(later), paste: pasting([], {stays: false})})
    expect(codeIn(result)).to.equal('from-the-browser')
  })

  it('fails when nothing was pasted and there is no other way', async () => {
    const {result} = await wait({paste: pasting(['', 'x'], {stays: false})})
    expect(result).to.be.instanceOf(LoginFailedError).and.include({code: 'LOGIN_FAILED'})
  })

  it('fails when nobody finishes in time, with every way open or closed', async () => {
    for (const [server, stays] of [
      [serverWith(FOREVER), true],
      [serverWith(FOREVER), false],
      [undefined, true],
    ] as const) {
      const paste = pasting([], {stays})
      const {result} = await wait({server, paste, timeoutSeconds: 0.01})
      expect(result).to.include({code: 'LOGIN_TIMED_OUT', exitCode: 64})
      expect(result).property('message').to.include('within 0.01 s')
    }
  })

  it('ends with the reason of the signal, whenever it comes', async () => {
    const reason = new CancelledError('It was interrupted.', 'Run it again.')
    const server = serverWith(FOREVER)
    expect((await wait({server, signal: AbortSignal.abort(reason)})).result).to.equal(reason)
    for (const stays of [true, false]) {
      const over = new AbortController()
      setImmediate(() => {
        over.abort(reason)
      })
      const paste = pasting([], {stays})
      expect((await wait({server, paste, signal: over.signal})).result).to.equal(reason)
    }
  })

  it('says why something is refused, without repeating it', async () => {
    const lines = [
      'hunter2',
      `${REDIRECT}?code=hunter2&state=other`,
      'https://x.test/?code=hunter2',
    ]
    for (const [index, line] of lines.entries()) {
      const {told} = await wait({paste: pasting([line], {stays: false})})
      expect(told).to.have.lengthOf(1)
      expect(told[0]).to.include({type: 'paste-refused'})
      if (index === 1) expect(told[0]).to.have.property('why').that.includes('state')
      expect(JSON.stringify(told)).not.to.include('hunter2')
    }
  })

  it('finds the address in a longer paste, before and after it', async () => {
    for (const lines of [
      ['x', GOOD],
      [GOOD, GOOD],
      [GOOD, 'x'],
      ['https://x.test/?code=hunter2', GOOD, 'x'],
    ]) {
      const {result, told} = await wait({paste: pasting(lines)})
      expect(codeIn(result)).to.equal('code-value')
      expect(told).to.deep.equal([])
    }
  })

  it('skips blank lines silently', async () => {
    const {result, told} = await wait({paste: pasting(['', '  ', '\t', GOOD])})
    expect(codeIn(result)).to.equal('code-value')
    expect(told).to.deep.equal([])
  })

  it('treats an error without the right state as a hint', async () => {
    const hint = `${REDIRECT}?error=invalid_scope&error_description=No%20such`
    const {told} = await wait({paste: pasting([hint], {stays: false})})
    expect(told).to.deep.equal([{type: 'hint', text: 'invalid_scope: No such'}])
  })

  for (const cut of [REDIRECT.length - 3, REDIRECT.length + 3, GOOD.length - 20, GOOD.length - 2]) {
    it(`joins an address that arrived in two pieces, cut at ${cut}`, async () => {
      const pieces = [GOOD.slice(0, cut), '', GOOD.slice(cut)]
      const {result, told} = await wait({paste: pasting(pieces)})
      expect(codeIn(result)).to.equal('code-value')
      expect(told).to.deep.equal([])
    })
  }

  it('does not accept a truncated code, where the state comes before it', async () => {
    const pieces = [`${REDIRECT}?state=state-value&code=code`, '-val', 'ue']
    const {result, told} = await wait({paste: pasting(pieces)})
    expect(codeIn(result)).to.equal('code-value')
    expect(told).to.deep.equal([])
  })
})
