import {expect} from 'chai'
import {inspect} from 'node:util'
import type {Environment} from '../../../../src/domain/settings/environment.js'
import {UnreachableError} from '../../../../src/domain/errors/remote.js'
import {proxyFor} from '../../../../src/domain/network/proxy.js'

const MOGPLEX = new URL('https://mogplex.com/api')

function chosen(env: Environment, url = MOGPLEX): string | undefined {
  const proxy = proxyFor(url, env)
  return proxy && `${proxy.variable} ${proxy.address.href}`
}

function basic(env: Environment): string | undefined {
  const value = proxyFor(MOGPLEX, env)?.authorization?.reveal()
  return value && Buffer.from(value.replace(/^Basic /, ''), 'base64').toString()
}

describe('proxyFor', () => {
  it('is none where no variable is set, or an empty one', () => {
    expect(chosen({})).to.equal(undefined)
    expect(chosen({HTTPS_PROXY: ' ', https_proxy: ''})).to.equal(undefined)
  })

  it('is chosen by the scheme of the address, then by ALL_PROXY', () => {
    const env = {HTTPS_PROXY: 'http://s:1', HTTP_PROXY: 'http://p:2', ALL_PROXY: 'http://a:3'}
    expect(chosen(env)).to.equal('HTTPS_PROXY http://s:1/')
    expect(chosen(env, new URL('http://mogplex.com'))).to.equal('HTTP_PROXY http://p:2/')
    expect(chosen({ALL_PROXY: 'http://a:3'})).to.equal('ALL_PROXY http://a:3/')
    expect(chosen({HTTP_PROXY: 'http://p:2'})).to.equal(undefined)
  })

  it('prefers the lower case, and names the variable that was used', () => {
    const env = {HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1', all_proxy: 'a:1'}
    expect(chosen(env)).to.equal('https_proxy http://lower:1/')
    expect(chosen({...env, https_proxy: ''})).to.equal('HTTPS_PROXY http://upper:1/')
  })

  it('accepts an address without a scheme, and an https one', () => {
    expect(chosen({HTTPS_PROXY: 'proxy.test:3128'})).to.equal('HTTPS_PROXY http://proxy.test:3128/')
    expect(chosen({HTTPS_PROXY: ' https://proxy.test/ '})).to.equal(
      'HTTPS_PROXY https://proxy.test/',
    )
    expect(chosen({HTTPS_PROXY: 'http://[::1]:3128'})).to.equal('HTTPS_PROXY http://[::1]:3128/')
  })

  it('applies no_proxy before NO_PROXY, and does not validate a proxy that is not used', () => {
    const env = {HTTPS_PROXY: 'http://proxy.test', NO_PROXY: 'mogplex.com'}
    expect(chosen(env)).to.equal(undefined)
    expect(chosen({...env, no_proxy: 'other.test'})).to.equal('HTTPS_PROXY http://proxy.test/')
    expect(chosen({...env, HTTPS_PROXY: 'socks5://x'})).to.equal(undefined)
  })

  for (const host of [
    'localhost',
    'app.localhost',
    'localhost.',
    '127.0.0.1',
    '127.8.9.1',
    '[::1]',
  ]) {
    it(`is never used for ${host}`, () => {
      const env = {HTTPS_PROXY: 'http://p', HTTP_PROXY: 'http://p', ALL_PROXY: 'http://p'}
      for (const scheme of ['http', 'https']) {
        expect(chosen(env, new URL(`${scheme}://${host}:24800/`))).to.equal(undefined)
      }
    })
  }

  it('is used for a name that only looks like this machine', () => {
    for (const host of ['localhost.test', 'notlocalhost', '127.0.0.1.test']) {
      expect(chosen({ALL_PROXY: 'http://p'}, new URL(`https://${host}/`))).not.to.equal(undefined)
    }
  })

  it('keeps user and password separate from the address, and secret', () => {
    const proxy = proxyFor(MOGPLEX, {HTTPS_PROXY: 'http://ada:hunter2@proxy.test:3128'})
    expect(proxy?.address.href).to.equal('http://proxy.test:3128/')
    expect(inspect(proxy, {depth: null, showHidden: true})).not.to.match(/ada|hunter2|YWRh/)
    expect(JSON.stringify(proxy)).not.to.match(/ada|hunter2|YWRh/)
  })

  for (const [userInfo, userPass] of [
    ['ada:hunter2', 'ada:hunter2'],
    ['ada', 'ada:'],
    [':hunter2', ':hunter2'],
    ['CORP%5Cada:p%40ss%3Aw%2Frd%23', 'CORP\\ada:p@ss:w/rd#'],
    ['ada:100%', 'ada:100%'],
    ['ada:pass@word', 'ada:pass@word'],
    ['ada:gr%C3%BC%C3%9Fe', 'ada:grüße'],
  ] as const) {
    it(`reads user and password from ${userInfo}@`, () => {
      expect(basic({HTTPS_PROXY: `http://${userInfo}@proxy.test`})).to.equal(userPass)
      expect(basic({HTTPS_PROXY: `${userInfo}@proxy.test:1`})).to.equal(userPass)
    })
  }

  for (const value of [
    'http://',
    'http://ada:hunter2@',
    'http://ada:hunter2@proxy.test:port',
    'http://ada:hunter2#more@proxy.test',
    'http://ada:12#hunter2@proxy.test',
    'http://ada:12/hunter2@proxy.test',
    'ada:12?hunter2@proxy.test',
    'socks5://ada:hunter2@proxy.test:1080',
    'file:///hunter2',
    'hunter2 proxy',
  ]) {
    it(`refuses ${value} without repeating it`, () => {
      const env = {https_proxy: value}
      expect(() => chosen(env))
        .to.throw(UnreachableError, 'https_proxy')
        .that.satisfies(({message, remedy}: UnreachableError) => {
          expect(`${message} ${remedy}`).not.to.match(/hunter2|ada|proxy\.test/)
          return remedy.includes('`unset https_proxy`')
        })
    })
  }
})
