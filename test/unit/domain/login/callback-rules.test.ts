import {expect} from 'chai'
import {inspect} from 'node:util'
import {
  errorText,
  judgeCallback,
  redirectUriFor,
} from '../../../../src/domain/login/callback-rules.js'
import type {
  CodeCallback,
  ExpectedCallback,
  Judgement,
} from '../../../../src/domain/login/callback-rules.js'

const expected: ExpectedCallback = {
  state: 'KqW1-the-state-of-this-login_9',
  issuer: 'https://mogplex.com',
  issPromised: false,
}
const promised: ExpectedCallback = {...expected, issPromised: true}
const OURS = `state=${expected.state}`
const ISS = `iss=${encodeURIComponent(expected.issuer)}`

function judge(query: string, rules = expected): Judgement {
  return judgeCallback(new URLSearchParams(query), rules)
}

function codeOf(judgement: Judgement): CodeCallback {
  if (judgement.kind !== 'code') throw new Error(`a code was expected: ${judgement.kind}`)
  return judgement
}

function refusalOf(judgement: Judgement): string {
  return judgement.kind === 'refused' ? judgement.why : judgement.kind
}

describe('judgeCallback', () => {
  it('returns the code and the parameters to check when the state is ours', () => {
    const {code, state, iss} = codeOf(judge(`code=abc%2Fdef&${OURS}&session_state=1`))
    expect(code.reveal()).to.equal('abc/def')
    expect(state.reveal()).to.equal(expected.state)
    expect(iss).to.equal(undefined)
  })

  it('does not treat the issuer as a secret, since it is shown to people', () => {
    const judgement = judge(`code=very-secret-code&${OURS}&${ISS}`)
    expect(JSON.parse(JSON.stringify(judgement))).to.include({
      code: '[redacted]',
      state: '[redacted]',
      iss: expected.issuer,
    })
  })

  it('returns nothing that prints a code', () => {
    const judgement = judge(`code=very-secret-code&${OURS}`)
    expect(inspect(judgement, {depth: 9}) + JSON.stringify(judgement)).to.not.contain('very-secret')
  })

  describe('state', () => {
    const wrong = {
      missing: '',
      empty: 'state=',
      another: 'state=another',
      'longer by one letter': `${OURS}x`,
      'shorter by one letter': OURS.slice(0, -1),
      'in other case': `state=${expected.state.toLowerCase()}`,
      'followed by a blank': `${OURS}+`,
      'followed by a NUL': `${OURS}%00`,
    }
    for (const [name, state] of Object.entries(wrong)) {
      it(`refuses a code whose state is ${name}`, () => {
        expect(refusalOf(judge(`code=abc&${state}`))).to.match(/^The state is /)
      })

      it(`treats an error whose state is ${name} as a hint`, () => {
        expect(judge(`error=invalid_scope&${state}`)).to.deep.equal({
          kind: 'hint',
          error: 'invalid_scope',
          description: undefined,
        })
      })
    }

    it('accepts nothing when no state was sent', () => {
      const stateless = {...expected, state: ''}
      expect(judge('code=abc&state=', stateless).kind).to.equal('refused')
      expect(judge('code=abc', stateless).kind).to.equal('refused')
    })

    it('distinguishes "missing" from "another"', () => {
      expect(refusalOf(judge('code=abc'))).to.equal('The state is missing.')
      expect(refusalOf(judge('code=abc&state=x'))).to.contain('not the one of this login')
    })
  })

  describe('error', () => {
    it('ends the login when the state is ours', () => {
      const judgement = judge(`error=access_denied&error_description=No+thanks&${OURS}`)
      expect(judgement).to.deep.equal({
        kind: 'denied',
        error: 'access_denied',
        description: 'No thanks',
      })
    })

    it('is a hint without state, as the hosted service sends it', () => {
      const judgement = judge('error=invalid_request&error_description=pkce is required')
      expect(judgement).to.deep.equal({
        kind: 'hint',
        error: 'invalid_request',
        description: 'pkce is required',
      })
    })

    for (const state of [OURS, 'state=another']) {
      it(`cannot move a cursor or hide a part of itself (${state})`, () => {
        const text = encodeURIComponent('\u001B[2J\u0007a\u202Eb\r\nc\u200B')
        const judgement = judge(`error=${text}&error_description=${text}&${state}`)
        if (judgement.kind !== 'denied' && judgement.kind !== 'hint') throw new Error('no error')
        expect(errorText(judgement)).to.equal('[2J a b c: [2J a b c')
      })
    }

    it('is truncated to a printable length', () => {
      const long = 'x'.repeat(10_000)
      const judgement = judge(`error=${long}&error_description=${long}`)
      if (judgement.kind !== 'hint') throw new Error('no hint')
      expect(errorText(judgement).length).to.be.below(400)
    })

    it('gets a name when its own is unprintable', () => {
      const judgement = judge(`error=%00&${OURS}`)
      expect(judgement).to.include({kind: 'denied', error: 'an error without a name'})
    })

    it('is refused together with a code', () => {
      expect(judge(`error=access_denied&code=abc&${OURS}`).kind).to.equal('refused')
    })
  })

  describe('iss', () => {
    it('may be absent when it was not promised', () => {
      expect(judge(`code=abc&${OURS}`).kind).to.equal('code')
    })

    it('is required when it was promised, also on an error', () => {
      expect(refusalOf(judge(`code=abc&${OURS}`, promised))).to.contain('issuer (iss) is missing')
      expect(refusalOf(judge(`error=access_denied&${OURS}`, promised))).to.contain('is missing')
      expect(judge(`code=abc&${OURS}&${ISS}`, promised).kind).to.equal('code')
      expect(judge(`error=access_denied&${OURS}&${ISS}`, promised).kind).to.equal('denied')
    })

    it('must be ours when it is present, promised or not', () => {
      const others = ['https://evil.test', 'http://mogplex.com', 'https://mogplex.com/a', '']
      for (const rules of [expected, promised]) {
        for (const iss of others) {
          const foreign = `iss=${encodeURIComponent(iss)}&${OURS}`
          expect(refusalOf(judge(`code=abc&${foreign}`, rules)), iss).to.contain('another one')
          expect(refusalOf(judge(`error=x&${foreign}`, rules)), iss).to.contain('another one')
        }
      }
    })

    it('refuses an error of another issuer instead of showing it', () => {
      expect(judge('error=x&iss=https%3A%2F%2Fevil.test').kind).to.equal('refused')
    })

    it('may differ by a trailing slash, and is returned as the metadata spell it', () => {
      for (const issuer of ['https://mogplex.com', 'https://mogplex.com/']) {
        for (const iss of ['https://mogplex.com', 'https://mogplex.com/']) {
          const rules = {...promised, issuer}
          const query = `code=abc&${OURS}&iss=${encodeURIComponent(iss)}`
          expect(codeOf(judge(query, rules)).iss).to.equal(issuer)
        }
      }
    })
  })

  describe('parameters', () => {
    for (const twice of ['code', 'state', 'error', 'iss', 'session_state']) {
      it(`are refused when ${twice} appears twice`, () => {
        const query = `code=abc&${OURS}&${ISS}&${twice}=1&${twice}=1`
        expect(refusalOf(judge(query))).to.equal('A parameter appears twice.')
      })
    }

    it('are the same under another spelling', () => {
      expect(refusalOf(judge(`code=a&c%6Fde=b&${OURS}`))).to.equal('A parameter appears twice.')
    })

    it('are refused when they are duplicated, also beside an error without state', () => {
      expect(judge('error=x&error=y').kind).to.equal('refused')
    })

    it('are refused when there is neither a code nor an error', () => {
      for (const query of [OURS, `code=&${OURS}`, `error=&${OURS}`]) {
        expect(refusalOf(judge(query)), query).to.contain('neither a code nor an error')
      }
      expect(judge('').kind).to.equal('refused')
    })

    it('are refused when they answer another kind of request', () => {
      for (const name of ['access_token', 'id_token', 'token', 'response']) {
        expect(judge(`code=abc&${OURS}&${name}=x`).kind, name).to.equal('refused')
      }
    })
  })

  it('are refused without repeating a word of the query', () => {
    const marked = 'marked-by-the-test'
    const queries = [
      `code=${marked}`,
      `code=${marked}&state=${marked}`,
      `code=${marked}&error=${marked}&${OURS}`,
      `code=${marked}&code=${marked}&${OURS}`,
      `code=${marked}&${OURS}&iss=${marked}`,
      `code=${marked}&id_token=${marked}&${OURS}`,
      `${marked}=${marked}`,
    ]
    for (const query of queries) {
      const judgement = judge(query)
      expect(judgement.kind, query).to.equal('refused')
      expect(JSON.stringify(judgement)).to.not.contain(marked)
    }
  })

  it('handles garbage without an error', () => {
    const garbage = ['&&&===', '%', '%FF%FE=%C0', '\uD800=\uDFFF', '__proto__=1&constructor=2', '?']
    for (const query of garbage) expect(judge(query).kind, query).to.equal('refused')
  })
})

describe('redirectUriFor', () => {
  it('is exactly what the hosted service has registered', () => {
    expect(redirectUriFor(24816)).to.equal('http://127.0.0.1:24816/auth/callback')
  })
})
