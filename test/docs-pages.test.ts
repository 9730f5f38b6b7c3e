import {expect} from 'chai'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {dirname, join, resolve} from 'node:path'
import {corePluginsIn} from '../scripts/bundle/core-plugins.js'
import {HELP_PAGES} from '../src/app/help/help-pages.js'
import {VARIABLES} from '../src/domain/doctor/variables.js'
import {projectRoot} from './support/cli-environment.js'

const DOCS = join(projectRoot, 'docs')
const PAGES = readdirSync(DOCS).filter((name) => name.endsWith('.md'))
const LINK = /\]\((?!https?:)([^)\s#]*)(?:#([^)\s]+))?\)/g

/** The name of one of our files, not of one that the reader creates. */
const NAMED = /`((?:test|packages|plugins|scripts|src\/(?!commands))\/?[\w/.-]*\/[\w.-]+\.[a-z]+)`/g

const read = (path: string): string => readFileSync(path, 'utf8')
/** Without code: blocks, and inline code. */
const prose = (markdown: string): string =>
  markdown.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`\n]*`/g, '')

describe('the pages of docs/', () => {
  it('are all listed in the index', () => {
    const named = [...read(join(DOCS, 'README.md')).matchAll(LINK)].map(([, path]) => path)
    expect(named).to.include.members(PAGES.filter((name) => name !== 'README.md'))
  })

  for (const page of ['../README.md', '../CONTRIBUTING.md', '../SECURITY.md', ...PAGES]) {
    it(`contain only valid links: ${page}`, () => {
      const path = join(DOCS, page)
      for (const [link, target = '', anchor] of prose(read(path)).matchAll(LINK)) {
        const file = target === '' ? path : resolve(dirname(path), target)
        expect(existsSync(file), link).to.equal(true)
        if (anchor !== undefined) expect(anchorsOf(file), link).to.include(anchor)
      }
    })
  }

  it('name only existing tests and sources', () => {
    for (const page of ['../README.md', '../CONTRIBUTING.md', '../SECURITY.md', ...PAGES])
      for (const [, path = ''] of read(join(DOCS, page)).matchAll(NAMED))
        expect(existsSync(join(projectRoot, path)), `${page}: ${path}`).to.equal(true)
  })

  it('abbreviate file names in architecture.md to existing endings', () => {
    const files = ['src', 'packages', 'plugins', 'scripts', 'test'].flatMap((room) =>
      readdirSync(join(projectRoot, room), {recursive: true, encoding: 'utf8'}).map(
        (path) => `/${room}/${path.replaceAll('\\', '/')}`,
      ),
    )
    const named = read(join(DOCS, 'architecture.md')).matchAll(/`([\w/-]+\.ts)`/g)
    const missing = [...named]
      .map(([, name = '']) => name)
      .filter((name) => !files.some((file) => file.endsWith(`/${name}`)))
    expect(missing).to.deep.equal([])
  })

  it('name only existing commands', () => {
    const known = commandNames()
    for (const page of PAGES.filter(
      (name) => !['architecture.md', 'hosted-api.md'].includes(name),
    )) {
      for (const [, words = ''] of read(join(DOCS, page)).matchAll(/`mogplex ([a-z][^`]*)`/g)) {
        const typed = words.split(/\s+/)
        const end = typed.findIndex((word) => !/^[a-z][a-z-]*$/.test(word))
        const names = typed.slice(0, end === -1 ? undefined : end)
        const isKnown = names.some((_, index) => known.has(names.slice(0, index + 1).join(' ')))
        expect(isKnown, `${page}: mogplex ${words}`).to.equal(true)
      }
    }
  })

  it('name exactly the events of a session log', () => {
    const source = read(join(projectRoot, 'src/domain/log/session-log.ts'))
    const events = [...source.matchAll(/^ {2}\| '([a-z.]+)'$/gm)].map(([, name]) => name)
    const [, table = ''] = read(join(DOCS, 'session-logs.md')).split('## The events')
    const rows = table.matchAll(/^\| ((?:`[a-z.]+`(?:, )?)+) +\|/gm)
    const named = [...rows].flatMap(([, cell = '']) => cell.replaceAll('`', '').split(', '))
    expect(named.sort()).to.deep.equal(events.sort())
    expect(events).to.have.length.greaterThan(20)
  })

  it('name every variable that we read', () => {
    const page = read(join(DOCS, 'environment.md'))
    for (const name of VARIABLES) expect(page).to.match(new RegExp(`\`${name}\\b`))
  })

  it('that are part of the help do not share a name with a command, and are in the package', () => {
    const {files} = JSON.parse(read(join(projectRoot, 'package.json'))) as {files: string[]}
    const names = HELP_PAGES.map(({name}) => name)
    expect(names.filter((name) => commandNames().has(name))).to.deep.equal([])
    expect(files.filter((path) => path.startsWith('docs/'))).to.have.members(
      names.map((name) => `docs/${name}.md`),
    )
  })
})

describe('the front page', () => {
  it('links a test to each of our claims in the comparison', () => {
    const [, table = ''] = read(join(projectRoot, 'README.md')).split('## Compared with others')
    const ours = [...table.matchAll(/^\|[^|]+\|([^|]+)\|/gm)].map(([, cell = '']) => cell).slice(2)
    expect(ours).to.have.length.greaterThan(4)
    for (const cell of ours) expect(cell).to.match(/\]\(test\/[\w/-]+\.test\.ts\)/)
  })
})

/** The anchors that GitHub derives from headings. */
function anchorsOf(file: string): string[] {
  return [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  )
}

/** The names of commands and aliases, as typed, and of help pages. */
function commandNames(): Set<string> {
  const manifests = ['.', ...corePluginsIn(projectRoot)].map(
    (folder) =>
      JSON.parse(read(join(projectRoot, folder, 'oclif.manifest.json'))) as {
        commands: Record<string, {aliases?: string[]}>
      },
  )
  const ids = manifests.flatMap(({commands}) =>
    Object.entries(commands).flatMap(([id, {aliases = []}]) => [id, ...aliases]),
  )
  return new Set(ids.map((id) => id.replaceAll(':', ' ')))
}
