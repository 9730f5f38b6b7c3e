import {expect} from 'chai'
import {AGENT_HOSTS, agentHost, connectCommand} from '../../../../src/domain/mcp/agent-hosts.js'
import {stateOf, withEntry, withoutEntry} from '../../../../src/domain/mcp/host-entry.js'
import {BrokenHostFile, OtherForm} from '../../../../src/domain/mcp/host-file-trouble.js'

const COMMAND = connectCommand({readOnly: false}, 'linux')
const [CURSOR, CODEX] = [agentHost('cursor'), agentHost('codex')]

const SETTINGS = `{
    // what I like
    "theme": "dark", "big": 12345678901234567890,
    "mcpServers": {
        "mine": {"command": "mine"}, /* mine */
    },
}
`
const CONFIG = `model = "o5"
prompt = """
[mcp_servers.mogplex]
"""

[mcp_servers.mine]   # mine
command = "mine"

[tui]
theme = "dark"
`

describe('the entry of an agent host', () => {
  for (const host of AGENT_HOSTS) {
    it(`of ${host.name} is added, found again, changed, and removed`, () => {
      const [entry, other] = [
        host.entryOf(COMMAND),
        host.entryOf(connectCommand({readOnly: true}, 'linux')),
      ]
      expect(stateOf(host, '', entry)).to.equal('absent')
      const text = withEntry(host, '', entry)
      expect(text).to.include('mogplex').and.to.match(/\n$/)
      expect(stateOf(host, text, entry)).to.equal('same')
      expect(stateOf(host, text, other)).to.equal('ours')
      const changed = withEntry(host, text, other)
      expect(stateOf(host, changed, other)).to.equal('same')
      expect(stateOf(host, withoutEntry(host, changed), entry)).to.equal('absent')
    })
  }

  it('leaves a JSON file with comments unchanged, except for the entry', () => {
    const text = withEntry(CURSOR, SETTINGS, CURSOR.entryOf(COMMAND))
    for (const line of SETTINGS.split('\n').filter((each) => !each.includes('mine"'))) {
      expect(text).to.include(line)
    }
    expect(text).to.include('"mine": {"command": "mine"}').and.to.include('12345678901234567890')
    expect(stateOf(CURSOR, text, CURSOR.entryOf(COMMAND))).to.equal('same')
  })

  it('leaves a TOML file unchanged, except for the table', () => {
    const entry = CODEX.entryOf(COMMAND)
    expect(stateOf(CODEX, CONFIG, entry)).to.equal('absent')
    const text = withEntry(CODEX, CONFIG, entry)
    expect(text).to.equal(
      `${CONFIG}\n[mcp_servers.mogplex]\ncommand = "mogplex"\nargs = ["mcp","connect"]\n`,
    )
    expect(withoutEntry(CODEX, text)).to.equal(CONFIG)
    const between = text.replace('[tui]\ntheme = "dark"\n\n', '') + '\n[tui]\ntheme = "dark"\n'
    const changed = withEntry(
      CODEX,
      between,
      CODEX.entryOf(['mogplex', 'mcp', 'connect', '--read-only']),
    )
    expect(changed).to.equal(between.replace('"connect"]', '"connect","--read-only"]'))
  })

  it('detects edits', () => {
    const entry = CURSOR.entryOf(COMMAND)
    for (const change of [
      {env: {A: 'b'}},
      {command: '/opt/mogplex'},
      {args: ['mcp', 'connect', '-v']},
    ]) {
      const text = JSON.stringify({mcpServers: {mogplex: {...entry, ...change}}})
      expect(stateOf(CURSOR, text, entry)).to.equal('edited')
    }
    const table = '[mcp_servers.mogplex]\ncommand = "mogplex" # mine\nargs = ["mcp"]\n'
    expect(stateOf(CODEX, table, CODEX.entryOf(COMMAND))).to.equal('edited')
  })

  it('treats tables below it as part of it, as an edit', () => {
    const entry = CODEX.entryOf(COMMAND)
    const below = '\n[mcp_servers.mogplex.env]\nA = "b"\n'
    const text = `${withEntry(CODEX, '', entry)}${below}\n[tui]\n`
    expect(stateOf(CODEX, text, entry)).to.equal('edited')
    expect(withoutEntry(CODEX, text)).to.equal('[tui]\n')
    expect(withEntry(CODEX, text, entry)).to.equal(`${withEntry(CODEX, '', entry)}\n[tui]\n`)
  })

  it('recognises what an older version wrote, for a profile and for Windows, too', () => {
    for (const command of [
      connectCommand({readOnly: true, profile: 'work'}, 'linux'),
      connectCommand({readOnly: false}, 'win32'),
    ]) {
      const text = withEntry(CURSOR, '', CURSOR.entryOf(command))
      expect(stateOf(CURSOR, text, CURSOR.entryOf(COMMAND))).to.equal('ours')
    }
  })

  for (const text of ['{"mcpServers": ', '[]', '"text"', '{"mcpServers": []}']) {
    it(`reports ${text} as broken`, () => {
      expect(() => stateOf(CURSOR, text, {})).to.throw(BrokenHostFile)
    })
  }

  for (const text of [
    'mcp_servers.mogplex = {command = "x"}\n',
    '[mcp_servers]\nmogplex = {command = "x"}\n',
    'mcp_servers."mogplex".command = "x"\n',
  ]) {
    it(`does not change ${JSON.stringify(text)}`, () => {
      expect(() => stateOf(CODEX, text, {})).to.throw(OtherForm)
    })
  }
})
