import {expect} from 'chai'
import {secretsIn} from '../src/index.js'

describe('secretsIn', () => {
  it('include those of MCP definitions: headers, variables, arguments, addresses', () => {
    const server = {
      name: 'linear',
      config: {
        url: 'https://mcp.example.test/sse?api_key=abc123def456&page=two',
        headers: {
          Authorization: 'Bearer lin_0123456789',
          'X-Team': 'a1b2c3d4e5f6',
          Accept: 'application/json',
        },
        env: {DB: 'postgres://ada:hunter2hunter2@db.test/x', LOG_LEVEL: 'verbose'},
        args: ['-y', '--token', 'f00dF00df00dF00d'],
      },
    }
    expect(secretsIn(server)).to.have.members([
      'abc123def456',
      'Bearer lin_0123456789',
      'a1b2c3d4e5f6',
      'f00dF00df00dF00d',
      'hunter2hunter2',
      'hunter2hunter2',
    ])
  })

  it('include the tokens in logins of other programs', () => {
    const entry = {
      type: 'oauth',
      refresh: 'q7Zt0PdK3mWv9YbR5nXc',
      access: 'e5Xt0PdK3mWv',
      expires: 1,
    }
    expect(secretsIn({anthropic: entry})).to.have.members([entry.refresh, entry.access])
    expect(secretsIn({refresh: 'every-hour', access: 'read-write'})).to.deep.equal([])
  })

  it('exclude what people read: ids, addresses, names, instants, paths', () => {
    const entry = {
      id: 'usr_0123456789abcdef',
      email: 'ada@example.com',
      issuer: 'https://mogplex.com',
      expiresAt: '2026-11-23T17:00:00.000Z',
      path: '/home/ada1/.mogplex',
      run: '8f14e45f-ceea-467f-9575-1a2b3c4d5e6f',
      scopes: ['offline_access', 'read'],
    }
    expect(secretsIn(entry)).to.deep.equal([])
  })

  it('are found at any nesting depth', () => {
    const deep = 100_000
    const text = `${'{"a":'.repeat(deep)}{"token":"s3cret-value-0"}${'}'.repeat(deep)}`
    expect(secretsIn(text)).to.deep.equal(['s3cret-value-0'])
  })

  it('are found in a broken file, by their format', () => {
    expect(secretsIn('{"mogplex":{"accessToken":"Zx81Qq77Ww55Ee33",')).to.deep.equal([
      'Zx81Qq77Ww55Ee33',
    ])
    expect(secretsIn('')).to.deep.equal([])
  })
})

describe('secretsIn, by names', () => {
  it('are found by names, and include the passwords of addresses', () => {
    expect(
      secretsIn(
        {
          HOME: '/home/ada',
          GITHUB_TOKEN: 'abcdefgh',
          SSH_AUTH_SOCK: '/tmp/agent',
          TOKEN_FILE: '/run/token',
          API_KEY: '~/.key',
          BUILD: 'q7Zt0PdK3mWv9YbR5nXc',
          EMPTY: undefined,
          HTTPS_PROXY: 'http://ada:proxy-password@proxy.test:3128',
        },
        'names',
      ),
    ).to.have.members(['abcdefgh', 'proxy-password', 'proxy-password'])
  })
})
