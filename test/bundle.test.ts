import {expect} from 'chai'
import type {Got} from 'got'
import {mkdir, readdir, readFile, symlink, writeFile} from 'node:fs/promises'
import {homedir} from 'node:os'
import {dirname, join} from 'node:path'
import {bundle} from '../scripts/bundle.js'
import {withSourcePositions} from '../src/adapters/source-positions.js'
import {makeFacts} from '../scripts/write-manifest.js'
import {projectRoot} from './support/cli-environment.js'
import {temporaryHome} from './support/temporary-home.js'

const STALE = 'dist/ is not what src/ says. Run `npm run build`.'

describe('dist/', () => {
  let files: ReadonlyMap<string, string>
  before(async () => {
    files = await bundle(projectRoot)
  })

  it('matches src/ exactly', async () => {
    await expectBuilt(new Map([...files, ['plugins.json', await makeFacts(projectRoot)]]))
  })

  async function expectBuilt(files: ReadonlyMap<string, string>): Promise<void> {
    const dist = join(projectRoot, 'dist')
    const there = (await readdir(dist)).filter((name) => name !== '.tsbuildinfo')
    expect(there, STALE).to.have.members([...files.keys()])
    for (const [name, text] of files) {
      expect((await readFile(join(dist, name), 'utf8')) === text, `${name}: ${STALE}`).to.equal(
        true,
      )
    }
  }

  for (const [file, text, source] of [
    ['mogplex.cjs', 'What went wrong cannot be said', 'src/host/launcher.ts'],
    ['later.cjs', 'before you repeat it', 'src/domain/errors/mcp.ts'],
  ] as const) {
    it(`maps a position in ${file} to the sources`, async () => {
      const path = join(projectRoot, 'dist', file)
      const lines = (await readFile(path, 'utf8')).split('\n')
      const line = lines.findIndex((each) => each.includes(text))
      const place = `${path}:${line + 1}:${(lines[line]?.indexOf(text) ?? 0) + 1}`
      const stack = withSourcePositions(`Error: No.\n    at f (${place})\n    at node:fs:1:2`)
      const [, found, number] =
        /^Error: No\.\n {4}at f \((.+):(\d+)\)\n {4}at node:fs:1:2$/.exec(stack) ?? []
      expect(found).to.equal(source)
      const sourceLines = (await readFile(join(projectRoot, source), 'utf8')).split('\n')
      expect(sourceLines[Number(number) - 1]).to.include(text)
    })
  }

  it('leaves unknown positions unchanged', () => {
    const stack = `at f (/nowhere/dist/later.cjs:1:2)\nat g (${join(projectRoot, 'dist/mogplex.cjs')}:1:2)`
    expect(withSourcePositions(stack)).to.equal(stack)
  })

  it('contains no path of the machine that built it', () => {
    for (const text of files.values()) {
      expect(text.includes(projectRoot.replace(/\/$/, ''))).to.equal(false)
      expect(text.includes(homedir())).to.equal(false)
    }
  })

  it('includes the licenses of the bundled packages', () => {
    const licenses = files.get('licenses.txt')
    expect(licenses)
      .to.match(/^@oclif\/core 4\.\S+: MIT$/m)
      .and.to.match(/^jsonc-parser .*MIT$/m)
    expect(licenses).not.to.match(/: undefined$/m)
    // Each with its copyright holder, and one text for those that are otherwise equal.
    expect(licenses).to.match(/^@oclif\/core 4\.\S+: MIT\nCopyright \(c\) 2018 Salesforce/m)
    const [, ...copies] =
      licenses?.split('Permission is hereby granted, free of charge, to any') ?? []
    expect(copies).to.have.length.within(1, 6)
  })
})

describe('the bundle', () => {
  let root: string
  let loads = 0

  beforeEach(async () => {
    root = await temporaryHome()
    await symlink(join(projectRoot, 'node_modules'), join(root, 'node_modules'))
    await write('package.json', JSON.stringify({dependencies: {got: '1.0.0', open: '1.0.0'}}))
    await write(
      'src/host/launcher.ts',
      'import "@oclif/core"; export const launch = "the launcher"',
    )
    await write('src/host/start/start.ts', 'export const start = "what starts it"')
    await write('src/host/help.ts', 'export default class Help {}')
    await write('src/host/hooks/init.ts', 'export default "the init hook"')
    await write('src/commands/whoami.ts', 'export default "the command whoami"')
  })

  async function write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(root, path)), {recursive: true})
    await writeFile(join(root, path), text)
  }

  async function refusal(): Promise<string> {
    return failureOf(bundle(root))
  }

  it('finds commands and hooks automatically, also in folders', async () => {
    await write('src/commands/skills/index.ts', 'export default "the command skills"')
    await write('src/commands/skills/list.ts', 'export default "the command skills:list"')
    await write('src/host/hooks/finally.ts', 'export default "the last hook"')
    const made = await load()
    expect(Object.keys(made)).to.deep.equal([
      'launch',
      'help',
      'finally',
      'init',
      'commands',
      'modules',
    ])
    expect(made).to.include({launch: 'the launcher', finally: 'the last hook'})
    expect(made.commands).to.deep.equal({
      skills: 'the command skills',
      'skills:list': 'the command skills:list',
      whoami: 'the command whoami',
    })
  })

  it('includes our files, and loads heavy packages from outside, on demand', async () => {
    await write('src/late.ts', 'globalThis.lateHasRun = true; export const late = "in time"')
    const command = 'export default async () => [await import("../late.js"), import("open")]'
    await write('src/commands/whoami.ts', command)
    const {commands} = await load()
    expect(commands.whoami).to.be.a('function')
    expect(globalThis).not.to.have.property('lateHasRun')
    const [late] = await (commands.whoami as () => Promise<object[]>)()
    expect(late).to.include({late: 'in time'})
    expect(globalThis).to.have.property('lateHasRun', true)
    Reflect.deleteProperty(globalThis, 'lateHasRun')
  })

  it('contains each of our files once, however it is imported', async () => {
    await write(
      'src/host/state.ts',
      'export class Failure extends Error {}; export const seen: string[] = []',
    )
    const imports = 'import {Failure, seen} from "./state.js"'
    const late = `${imports}; export const fail = () => { seen.push("late"); throw new Failure() }`
    await write('src/host/late.ts', late)
    await write('src/host/later.ts', 'export const load = async () => import("./late.js")')
    await write(
      'src/host/launcher.ts',
      `import "@oclif/core"
      ${imports}
      export async function launch() {
        const [{load}, late] = await Promise.all([import("./later.js"), import("./late.js")])
        const caught: unknown[] = []
        for (const {fail} of [late, await load()]) {
          try { fail() } catch (error) { caught.push(error instanceof Failure) }
        }
        return {caught, seen, once: late.fail === (await load()).fail}
      }`,
    )
    const {launch} = await load()
    const result = await (launch as () => Promise<object>)()
    expect(result).to.deep.equal({caught: [true, true], seen: ['late', 'late'], once: true})
  })

  it('loads node:crypto only when one of its functions is called', async () => {
    const imports = 'import {createHash, webcrypto} from "node:crypto"'
    await write('src/host/hooks/init.ts', `${imports}; export default () => createHash("sha256")`)
    const lazy = (await bundle(root)).get('mogplex.cjs')
    expect(lazy?.match(/require\("(node:)?crypto"\)/g)).to.have.length(1)
    expect((await load()).init).to.be.a('function')
    await write('src/host/hooks/init.ts', `${imports}; export default webcrypto.subtle`)
    expect(String((await load()).init)).to.equal('[object SubtleCrypto]')
  })

  it('loads got from a separate file, without the code for unused options', async () => {
    await write('src/host/hooks/init.ts', 'export default async () => import("got")')
    const files = await bundle(root)
    expect(files.get('mogplex.cjs')).not.to.include('followRedirect')
    expect(files.get('licenses.txt'))
      .to.match(/^got 14\.\S+: MIT$/m)
      .and.not.to.match(/^http2-wrapper /m)
    const {default: got} = await ((await load()).init as () => Promise<{default: Got}>)()
    const nowhere = 'https://127.0.0.1:1'
    const retry = {limit: 0}
    expect(await failureOf(got(nowhere, {retry}))).to.include('ECONNREFUSED')
    for (const unused of [{http2: true}, {cache: new Map()}, {dnsCache: true}]) {
      const failure = await failureOf(got(nowhere, {retry, ...unused}))
      expect(failure).to.include('got was made without')
    }
  })

  it('has separate programs beside it', async () => {
    await write('src/app/helper.ts', 'import open from "open"; await open("a")')
    await write('src/app/show.ts', "export default new URL('helper.js', import.meta.url).href")
    await write('src/host/hooks/init.ts', 'export {default} from "../../app/show.js"')
    const files = await bundle(root)
    expect(files.get('helper.js')).to.include('from"open"')
    expect((await load()).init).to.match(/^file:.*\/dist\/helper\.js$/)
  })

  for (const [what, file, text, said] of [
    ['a package at the top', 'src/late.ts', 'import "open"', "await import('open')"],
    ['a package that nobody declared', 'src/late.ts', 'void import("chai")', 'dependencies'],
    ['import.meta for anything else', 'src/late.ts', 'import.meta.url', 'import.meta'],
    ['a hook with a name of ours', 'src/host/hooks/launch.ts', 'export default 1', 'another name'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      await write('src/host/launcher.ts', 'import "@oclif/core"; void import("../late.js")')
      await write('src/late.ts', '')
      await write(file, text)
      expect(await refusal()).to.include(said)
    })
  }

  async function failureOf(request: Promise<unknown>): Promise<string> {
    return request.then(
      () => 'All went well.',
      (error: unknown) => String(error),
    )
  }

  async function load(): Promise<Record<string, unknown> & {commands: Record<string, unknown>}> {
    const dist = `made-${(loads += 1)}/dist`
    await write(`${dist}/package.json`, '{"type": "commonjs"}')
    for (const [name, text] of await bundle(root)) await write(`${dist}/${name}`, text)
    const {default: made} = (await import(join(root, dist, 'mogplex.cjs'))) as {
      default: Record<string, unknown> & {commands: Record<string, unknown>}
    }
    return made
  }
})
