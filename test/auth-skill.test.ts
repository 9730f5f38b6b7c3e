import {expect} from 'chai'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {parse} from 'yaml'
import {readSkillSource} from '../plugins/skills/src/adapters/skill-folders/source.js'
import {splitFrontmatter} from '../plugins/skills/src/domain/frontmatter.js'
import {projectRoot} from './support/cli-environment.js'
import {listFiles} from './support/temporary-home.js'

const PLUGIN = join(projectRoot, 'plugins', 'auth-skill')
const FOLDER = 'skills/mogplex-auth'
const SPECIFIED = ['name', 'description', 'license', 'compatibility', 'metadata', 'allowed-tools']

/** agentskills.io/specification, and the additional rules of hosts' validators. */
describe('the skill mogplex-auth', () => {
  let text = ''
  let pages: Record<string, string> = {}
  let frontmatter: Record<string, string> & {metadata?: Record<string, string>} = {}

  before(async () => {
    const files = await listFiles(join(PLUGIN, FOLDER))
    const texts = files.map(async (file) => [
      file,
      await readFile(join(PLUGIN, FOLDER, file), 'utf8'),
    ])
    pages = Object.fromEntries((await Promise.all(texts)) as [string, string][])
    text = pages['SKILL.md'] ?? ''
    frontmatter = parse(splitFrontmatter(text)?.yaml ?? '') as typeof frontmatter
  })

  it('passes the rules that `mogplex skills install` applies to any skill', async () => {
    const {problems, files} = await readSkillSource(PLUGIN, FOLDER)
    expect(problems).to.deep.equal([])
    expect([...files.keys()]).to.include('SKILL.md')
  })

  it('has a name equal to its folder, and a plain-text description that says what and when', () => {
    expect(frontmatter.name).to.equal('mogplex-auth')
    const description = frontmatter.description ?? ''
    expect(description.length).to.be.within(200, 1024)
    expect(description).not.to.match(/[<>]/)
    for (const word of [
      'log in',
      'sign in',
      'log out',
      'switch accounts',
      'API key',
      '64',
      '65',
      '69',
      'not found',
    ]) {
      expect(description).to.include(word)
    }
  })

  it('has exactly the fields of the specification', () => {
    expect(Object.keys(frontmatter)).to.have.members(SPECIFIED)
    expect(frontmatter.license).to.equal('Apache-2.0')
    expect((frontmatter.compatibility ?? '').length).to.be.within(1, 500)
    expect(frontmatter['allowed-tools']).to.equal('Bash(mogplex whoami:*)')
  })

  it('has the version of its plugin', async () => {
    const {version} = JSON.parse(await readFile(join(PLUGIN, 'package.json'), 'utf8')) as {
      version: string
    }
    expect(frontmatter.metadata).to.deep.equal({version})
  })

  it('is short, and has its details one level below, in pages that it names', () => {
    expect(text.split('\n').length).to.be.below(500)
    const named = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target)
    const others = Object.keys(pages).filter((page) => page !== 'SKILL.md')
    expect([...new Set(named)].sort()).to.deep.equal(others)
    for (const page of others) expect(page).to.match(/^references\/[a-z-]+\.md$/)
  })

  it('tells the agent to stop for a credential that is not accepted, and what to say', () => {
    const [row] = text.split('\n').filter((line) => line.includes('CREDENTIAL_NOT_ACCEPTED'))
    expect(row).to.match(/^\| 64 .*\| stop; .*`error\.message` and `error\.remedy`/)
  })

  it('puts no key into the configuration of another program', () => {
    const [, never = ''] = /^## Never\n(.*?)^## /ms.exec(text) ?? []
    expect(never)
      .to.match(/^- Never put a key [^-]*configuration/m)
      .and.to.include('.mcp.json')
  })

  it('names only existing error codes', async () => {
    const folder = join(projectRoot, 'src', 'domain', 'errors')
    const sources = await Promise.all(
      (await listFiles(folder)).map((file) => readFile(join(folder, file), 'utf8')),
    )
    const known = sources.join('\n')
    const codes = Object.values(pages).flatMap((page) => [
      ...page.matchAll(/`([A-Z]+(?:_[A-Z]+)+|REMOTE|UNREACHABLE)`/g),
    ])
    const ours = codes
      .map(([, code = '']) => code)
      .filter((code) => !/^(MOGPLEX|CODEX)_/.test(code))
    expect(new Set(ours).size).to.be.greaterThan(8)
    for (const code of ours) expect(known, code).to.include(`'${code}'`)
  })
})
