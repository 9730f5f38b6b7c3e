import {expect} from 'chai'
import {BrokenHostFile, OtherForm} from '../../../../src/domain/mcp/host-file-trouble.js'
import {entryIn, tableOf, withoutTable, withTable} from '../../../../src/domain/mcp/toml-table.js'

const NAME = ['mcp_servers', 'mogplex'] as const
const ENTRY = {command: 'mogplex', args: ['mcp', 'connect']}

const CONFIG = `# all of it
model = "o5" # [mcp_servers.mogplex]
mcp = {mogplex = {a = [1, 2]}}
a.b.mcp_servers.mogplex = 1
notify = [
  ["mcp_servers.mogplex"], # ]
  ['''
[mcp_servers.mogplex]''', """a \\""" "quoted""""],
]

[mcp_servers.mine] # mine
command = 'C:\\'
env = {A = "}"}

[[profiles]]
[mcp_servers."mogplex.not"]
command = "x"
# the end
`

describe('a table of a TOML file', () => {
  for (const [name, text] of [
    ['', CONFIG],
    [' with CR LF', CONFIG.replaceAll('\n', '\r\n')],
    [' that is empty', ''],
  ] as const) {
    it(`is added to a file${name} and removed again, and everything else is unchanged`, () => {
      expect(tableOf(text, NAME)).to.equal(undefined)
      const written = withTable(text, NAME, ENTRY)
      expect(written.startsWith(text)).to.equal(true)
      expect(written.includes('\r')).to.equal(text.includes('\r'))
      expect(written).not.to.match(/[^\r]\n(?=[^]*\r)/)
      const table = tableOf(written, NAME)
      expect(table && entryIn(table)).to.deep.equal(ENTRY)
      expect(withTable(written, NAME, ENTRY)).to.equal(written)
      expect(withoutTable(written, NAME)).to.equal(text)
    })
  }

  it('ends before the comment of the next one', () => {
    const next = '\n# about the other\n[other]\na = 1\n'
    const text = `${withTable(CONFIG, NAME, ENTRY)}${next}`
    expect(withoutTable(text, NAME)).to.equal(`${CONFIG}${next}`)
    expect(withTable(text, NAME, {command: 'y'})).to.equal(
      `${withTable(CONFIG, NAME, {command: 'y'})}${next}`,
    )
  })

  it('is recognised in other spellings', () => {
    for (const header of ['[ mcp_servers . "mogplex" ] # it', "\t['mcp_servers'.mogplex]"]) {
      const table = tableOf(`${header}\ncommand = "mogplex"\nargs = ["mcp", "connect"]`, NAME)
      expect(table && entryIn(table), header).to.deep.equal(ENTRY)
    }
  })

  it('is not our entry where it contains more', () => {
    for (const more of ['# mine', 'env = {A = "b"}', '[mcp_servers.mogplex.env]\nA = "b"']) {
      const table = tableOf(`[mcp_servers.mogplex]\ncommand = "mogplex"\n${more}\nz = 1\n`, NAME)
      expect(table && entryIn(table), more).to.equal(undefined)
    }
  })

  for (const text of [
    'mcp_servers = {}\n',
    'mcp_servers.mogplex.command = "x"\n',
    '[mcp_servers]\nmogplex = {command = "x"}\n',
    '[[mcp_servers]]\na = 1\n',
    '[[mcp_servers.mogplex]]\n',
    '[mcp_servers.mogplex.env]\nA = "b"\n',
    '[mcp_servers.mogplex]\n[other]\n[mcp_servers.mogplex.env]\nA = "b"\n',
    '[mcp_servers.mogplex]\n[mcp_servers.mogplex]\n',
  ]) {
    it(`is not changed as ${JSON.stringify(text)}`, () => {
      expect(() => tableOf(text, NAME)).to.throw(OtherForm)
    })
  }

  for (const text of ['a = [1,\n', 'a = {b = 1\n[c]\n', 'no key\n', '[]\n', '= 1\n', 'a = 1]\n']) {
    it(`is not searched for in ${JSON.stringify(text)}, which is broken`, () => {
      expect(() => tableOf(text, NAME)).to.throw(BrokenHostFile)
    })
  }

  it('may be below a header of all of them', () => {
    const text = '[mcp_servers]\n'
    expect(withoutTable(withTable(text, NAME, ENTRY), NAME)).to.equal(text)
  })
})
