import {expect} from 'chai'
import {
  allowsLoopbackHttp,
  hostOf,
  isLoopback,
  isSafeUrl,
  parseUrl,
} from '../../../../src/domain/network/addresses.js'

describe('parseUrl', () => {
  it('reads an absolute address', () => {
    expect(parseUrl('https://mogplex.com/x')?.pathname).to.equal('/x')
  })

  it('reads a host beyond ASCII, however often it is called', () => {
    for (let turn = 0; turn < 50_000; turn++) {
      expect(parseUrl('https://b\u00FCcher.example')?.host === 'xn--bcher-kva.example').to.equal(
        true,
      )
    }
  })

  for (const text of ['', 'mogplex.com', '/login?next=/', 'https://', 'http://[::1']) {
    it(`rejects ${JSON.stringify(text)}`, () => {
      expect(parseUrl(text)).to.equal(undefined)
    })
  }
})

describe('isLoopback', () => {
  for (const host of ['localhost', 'LOCALHOST', '127.0.0.1', '[::1]', '127.1', '[0::0:1]']) {
    it(`is true for ${host}`, () => {
      expect(isLoopback(new URL(`http://${host}:3000/`))).to.equal(true)
    })
  }
  for (const host of [
    'localhost.example.com',
    '127.0.0.1.example.com',
    'my-localhost',
    '0.0.0.0',
    '127.0.0.2',
    '[::2]',
  ]) {
    it(`is false for ${host}`, () => {
      expect(isLoopback(new URL(`http://${host}/`))).to.equal(false)
    })
  }
})

describe('allowsLoopbackHttp', () => {
  it('needs MOGPLEX_DEV=1', () => {
    expect(allowsLoopbackHttp({MOGPLEX_DEV: '1'})).to.equal(true)
    expect(allowsLoopbackHttp({MOGPLEX_DEV: ' 1 ', NODE_ENV: 'test'})).to.equal(true)
    for (const value of [undefined, '', '0', 'true', 'yes']) {
      expect(allowsLoopbackHttp({MOGPLEX_DEV: value})).to.equal(false)
    }
  })

  it('is never true in production', () => {
    expect(allowsLoopbackHttp({MOGPLEX_DEV: '1', NODE_ENV: 'production'})).to.equal(false)
  })
})

describe('isSafeUrl', () => {
  const cases: [address: string, withDev: boolean, without: boolean][] = [
    ['https://mogplex.com', true, true],
    ['https://127.0.0.1:8443', true, true],
    ['http://127.0.0.1:3000', true, false],
    ['http://localhost:3000', true, false],
    ['http://[::1]:3000', true, false],
    ['http://mogplex.com', false, false],
    ['http://localhost.example.com', false, false],
    ['https://ada@mogplex.com', false, false],
    ['https://:secret@mogplex.com', false, false],
    ['http://ada@localhost', false, false],
    ['ftp://mogplex.com', false, false],
    ['file:///etc/passwd', false, false],
    ['javascript:alert(1)', false, false],
  ]
  for (const [address, withDev, without] of cases) {
    it(`is ${withDev} for ${address} in development, and ${without} elsewhere`, () => {
      expect(isSafeUrl(new URL(address), true)).to.equal(withDev)
      expect(isSafeUrl(new URL(address), false)).to.equal(without)
    })
  }
})

describe('hostOf', () => {
  it('leaves out the scheme and a trailing slash, and keeps port and path', () => {
    expect(hostOf('https://mogplex.com/')).to.equal('mogplex.com')
    expect(hostOf('http://127.0.0.1:3000')).to.equal('127.0.0.1:3000')
    expect(hostOf('https://example.com/realms/ada')).to.equal('example.com/realms/ada')
  })
})
