import {expect} from 'chai'
import {readPastedCallback} from '../../../../src/domain/login/pasted-callback.js'

const URI = 'http://127.0.0.1:24816/auth/callback'
const OTHER_URI = 'http://127.0.0.1:24818/auth/callback'
const QUERY = 'code=a1B2c3%2Fd4&state=s5-t6_u7'
const ADDRESS = `${URI}?${QUERY}`
const REQUEST =
  `https://mogplex.com/api/auth/mcp/authorize?response_type=code&client_id=mogplex-cli` +
  `&redirect_uri=${encodeURIComponent(URI)}&state=s5-t6_u7&code_challenge=abc`

function read(text: string): Record<string, string> | string {
  const result = readPastedCallback(text, [URI, OTHER_URI])
  return typeof result === 'string' ? result : Object.fromEntries(result)
}

describe('readPastedCallback', () => {
  const accepted = {
    'the whole address': ADDRESS,
    'the address of the second port': `${OTHER_URI}?${QUERY}`,
    'blanks and line ends around it': `  \t${ADDRESS}\r\n`,
    'double quotes': `"${ADDRESS}"`,
    'single quotes and a blank': `'${ADDRESS}' `,
    'curly quotes': `“${ADDRESS}”`,
    'angle brackets': `<${ADDRESS}>`,
    backticks: `\`${ADDRESS}\``,
    'only the opening quote': `"${ADDRESS}`,
    localhost: ADDRESS.replace('127.0.0.1', 'localhost'),
    'no scheme': ADDRESS.replace('http://', ''),
    'localhost without a scheme': ADDRESS.replace('http://127.0.0.1', 'localhost'),
    'a scheme in capitals': ADDRESS.replace('http', 'HTTP'),
    'a fragment': `${ADDRESS}#_=_`,
    'only the query': `?${QUERY}`,
    'only the query, without its mark': QUERY,
    'only the query, with a fragment': `${QUERY}#top`,
    'a query that begins with the state': 'state=s5-t6_u7&code=a1B2c3%2Fd4',
    'the ampersand of a source text': ADDRESS.replace('&', '&amp;'),
    'the marks of a bracketed paste': `\u001B[200~${ADDRESS}\u001B[201~`,
    'zero-width characters': `\uFEFF${ADDRESS.replace('callback', 'call\u200Bback')}`,
  }
  for (const [name, text] of Object.entries(accepted)) {
    it(`reads ${name}`, () => {
      expect(read(text)).to.deep.equal({code: 'a1B2c3/d4', state: 's5-t6_u7'})
    })
  }

  it('repairs line wraps anywhere in the address', () => {
    for (let at = 1; at < ADDRESS.length; at += 1) {
      for (const wrap of ['\n', '\r\n', '\n    ', ' ']) {
        const broken = `${ADDRESS.slice(0, at)}${wrap}${ADDRESS.slice(at)}`
        expect(read(broken), JSON.stringify(broken)).to.deep.equal(read(ADDRESS))
      }
    }
  })

  it('accepts https for http, which some browsers insist on', () => {
    const address = ADDRESS.replace('http', 'https')
    expect(read(address)).to.deep.equal(read(ADDRESS))
    expect(read(address.replace('127.0.0.1', 'localhost'))).to.deep.equal(read(ADDRESS))
  })

  it('accepts localhost in the redirect URI for 127.0.0.1 too', () => {
    const uris = ['http://localhost:24816/auth/callback']
    expect(readPastedCallback(ADDRESS, uris)).to.be.instanceOf(URLSearchParams)
  })

  it('keeps an issuer with its colon and slashes', () => {
    const query = `${QUERY}&iss=https://mogplex.com/a?b`
    expect(read(query)).to.include({iss: 'https://mogplex.com/a?b'})
    expect(read(`${URI}?${query}`)).to.include({iss: 'https://mogplex.com/a?b'})
  })

  it('keeps every duplicate, since they are refused later', () => {
    const query = readPastedCallback(`${ADDRESS}&code=second`, [URI])
    expect(query).to.be.instanceOf(URLSearchParams)
    if (typeof query !== 'string') expect(query.getAll('code')).to.have.length(2)
  })

  it('reads an error, with and without state', () => {
    expect(read(`${URI}?error=access_denied&state=s`)).to.include({error: 'access_denied'})
    expect(read('error=invalid_scope')).to.deep.equal({error: 'invalid_scope'})
  })

  const elsewhere = {
    'another host': ADDRESS.replace('127.0.0.1', 'evil.test'),
    'another port': ADDRESS.replace('24816', '24817'),
    'another path': ADDRESS.replace('/auth/callback', '/auth/callback/more'),
    'another scheme': ADDRESS.replace('http', 'ftp'),
    'a name before an @': ADDRESS.replace('127.0.0.1', 'user:pass@127.0.0.1'),
    'our address before an @': ADDRESS.replace('/auth', '@evil.test/auth'),
    'a host that begins like localhost': ADDRESS.replace('127.0.0.1', 'localhost.evil.test'),
    'another loopback address': ADDRESS.replace('127.0.0.1', '127.0.0.2'),
  }
  for (const [name, text] of Object.entries(elsewhere)) {
    it(`refuses ${name}`, () => {
      expect(read(text))
        .to.match(/^That is another address\./)
        .and.to.contain(URI)
    })
  }

  it('recognises the authorization URL, and says what to do with it', () => {
    const signInPage = REQUEST.replace('/api/auth/mcp/authorize', '/login')
    const pushed = 'https://as.test/authorize?client_id=mogplex-cli&request_uri=urn%3Aexample'
    for (const text of [REQUEST, signInPage, pushed, REQUEST.slice(REQUEST.indexOf('?'))]) {
      expect(read(text)).to.match(/^That is the address to open; paste the one the browser ends at/)
    }
  })

  it('says that a code alone is not enough', () => {
    for (const text of ['a1B2c3d4', '4/0Ab-cd==', 'code=a1B2c3d4', `${URI}?code=a1B2c3d4`]) {
      expect(read(text), text)
        .to.match(/^A code alone is not enough/)
        .and.to.contain('whole')
    }
  })

  it('says that an address without a query contains no code', () => {
    for (const text of [URI, `${URI}?`, `${URI}?state=s`]) {
      expect(read(text), text).to.match(/^That address holds no code\./)
    }
  })

  it('says that nothing was pasted', () => {
    for (const text of ['', ' \n\t ', '""', '#']) {
      expect(read(text), text).to.match(/^Nothing was pasted\./)
    }
  })

  it('does not process a whole file', () => {
    expect(read('x'.repeat(10_000_000))).to.match(/^That is too long/)
  })

  it('quotes nothing of the paste', () => {
    const marked = 'marked-by-the-test'
    const texts = [
      marked,
      `code=${marked}`,
      `https://${marked}.test/?code=${marked}&state=${marked}`,
      `${URI}?code=${marked}`,
      `${REQUEST}&x=${marked}`,
      `http://[${marked}`,
      marked.repeat(10_000),
    ]
    for (const text of texts) {
      expect(read(text)).to.be.a('string').and.to.not.contain(marked)
    }
  })

  it('handles garbage without an error', () => {
    const garbage = [
      'http://',
      'http://[',
      '://',
      '?',
      '%',
      '&=&',
      '\u0000',
      '\uD800',
      'javascript:1',
    ]
    for (const text of garbage) expect(read(text), text).to.be.a('string')
  })
})
