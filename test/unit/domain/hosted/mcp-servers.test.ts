import {expect} from 'chai'
import {parseMcpServers, parseStoredMcpServers} from '../../../../src/domain/hosted/mcp-servers.js'
import {findLeaks} from '../../../support/leaks.js'
import {MCP_SECRETS, SECRET_MCP_SERVERS} from '../../../support/secret-mcp-servers.js'

const NONE = {headers: [], variables: []}

function parsed(config: unknown): unknown {
  const [{name, enabled, ...definition} = {name: '', enabled: false}] = parseMcpServers([
    {name: 'x', enabled: true, config},
  ])
  expect([name, enabled]).to.deep.equal(['x', true])
  return definition
}

describe('parseMcpServers', () => {
  it('keeps names, the kind, and the host or the program, and no secret', () => {
    const servers = parseMcpServers(SECRET_MCP_SERVERS)
    expect(servers).to.deep.equal([
      {
        name: 'github',
        enabled: true,
        kind: 'http',
        host: 'mcp.example.com:8443',
        headers: ['Authorization', 'X-Api-Key', 'X-Object'],
        variables: [],
      },
      {
        name: 'database',
        enabled: false,
        kind: 'stdio',
        command: 'db-mcp',
        headers: [],
        variables: ['DB_PASSWORD', 'PATH'],
      },
      {name: 'line', enabled: true, kind: 'stdio', command: 'npx', ...NONE},
      {name: 'assigned', enabled: true, kind: 'stdio', ...NONE},
      {name: 'quoted', enabled: true, kind: 'stdio', ...NONE},
      {name: 'both', enabled: true, kind: 'http', host: 'example.com', ...NONE},
      {name: 'socket', enabled: true, kind: 'unknown', ...NONE},
      {name: 'schemeless', enabled: true, kind: 'unknown', ...NONE},
      {name: 'array', enabled: true, kind: 'unknown', ...NONE},
      {name: 'text', enabled: true, kind: 'unknown', ...NONE},
    ])
    const texts = {entries: JSON.stringify(servers)}
    expect(findLeaks({secrets: MCP_SECRETS, texts})).to.deep.equal([])
    expect(JSON.stringify(SECRET_MCP_SERVERS)).to.satisfy((wire: string) =>
      MCP_SECRETS.every((secret) => wire.includes(secret)),
    )
  })

  const programs: [line: string, command: string | undefined][] = [
    ['npx', 'npx'],
    ['/usr/bin/node', 'node'],
    [' uvx ', 'uvx'],
    ['C:\\Tools\\db.exe', 'db.exe'],
    ['npx -y tool', 'npx'],
    ['/usr/bin/npx -y tool', undefined],
    ['/opt/my tools/run', undefined],
    ['C:\\Program Files\\node.exe', undefined],
    ['/opt/', undefined],
    ['', undefined],
    ['sh\u001B[2J', undefined],
    ['x'.repeat(81), undefined],
  ]
  for (const [line, command] of programs) {
    it(`reads ${command ?? 'nothing'} as the program in ${JSON.stringify(line.slice(0, 30))}`, () => {
      const found = parsed({command: line}) as {command?: string}
      expect(found.command).to.equal(command)
    })
  }

  const hosts: [url: string, host: string | undefined][] = [
    ['https://mcp.example.com', 'mcp.example.com'],
    ['http://127.0.0.1:3000/mcp', '127.0.0.1:3000'],
    ['https://[::1]:8080/', '[::1]:8080'],
    ['HTTPS://MCP.Example.COM:443/x', 'mcp.example.com'],
    ['https://user:key@example.com', 'example.com'],
    ['https://b\u00FCcher.example', 'xn--bcher-kva.example'],
    ["https://it's.example", undefined],
  ]
  for (const [url, host] of hosts) {
    it(`reads ${host ?? 'nothing'} as the host of ${url}`, () => {
      const found = parsed({url}) as {kind: string; host?: string}
      expect(found.kind).to.equal('http')
      expect(found.host).to.equal(host)
    })
  }

  for (const config of [{}, null, [], 'npx', {url: 1}, {url: 'ftp://example.com'}, {url: 'x:y'}]) {
    it(`treats the kind of ${JSON.stringify(config)} as unknown`, () => {
      expect(parsed(config)).to.deep.equal({kind: 'unknown', ...NONE})
    })
  }

  it('leaves out entries without a name, or without an enabled state', () => {
    const config = {command: 'npx'}
    for (const value of [
      null,
      'github',
      [],
      {enabled: true, config},
      {name: '', enabled: true, config},
      {name: '\u200B', enabled: true, config},
      {name: 7, enabled: true, config},
      {name: 'x', config},
      {name: 'x', enabled: 'true', config},
    ]) {
      expect(parseMcpServers([value]), JSON.stringify(value)).to.deep.equal([])
    }
  })

  it('makes names printable, and limits their length and number', () => {
    const [server] = parseMcpServers([{name: `a\u001B[2J${'b'.repeat(500)}`, enabled: true}])
    expect(server?.name)
      .to.match(/^a \[2Jb+…$/)
      .and.to.have.length.below(130)
    const headers = Object.fromEntries([...Array(200).keys()].map((n) => [`X-${n}`, '']))
    const found = parsed({url: 'https://example.com', http_headers: headers})
    expect((found as {headers: string[]}).headers).to.have.length(50)
    const many = Array(600).fill({name: 'x', enabled: true})
    expect(parseMcpServers(many)).to.have.length(500)
  })
})

describe('parseStoredMcpServers', () => {
  it('survives a round trip', () => {
    const servers = parseMcpServers(SECRET_MCP_SERVERS)
    const stored = JSON.parse(JSON.stringify(servers)) as unknown[]
    expect(parseStoredMcpServers(stored)).to.deep.equal(servers)
  })

  it('accepts no value where a name should be, whatever wrote the file', () => {
    const [server] = parseStoredMcpServers([
      {
        name: 'x',
        enabled: true,
        kind: 'http',
        host: 'user:key@example.com/path',
        command: 'npx --key abc',
        headers: ['Authorization: Bearer x', 1],
        variables: ['A=b'],
        args: ['secret'],
        env: {A: 'secret'},
      },
    ])
    expect(server).to.deep.equal({name: 'x', enabled: true, kind: 'http', ...NONE})
    const [other] = parseStoredMcpServers([{name: 'x', enabled: true, kind: 'sse', headers: 'A'}])
    expect(other).to.deep.equal({name: 'x', enabled: true, kind: 'unknown', ...NONE})
  })
})
