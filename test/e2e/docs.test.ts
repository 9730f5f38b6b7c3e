import {expect} from 'chai'
import {readdirSync, readFileSync} from 'node:fs'
import {chmod, mkdir, writeFile} from 'node:fs/promises'
import {delimiter, join} from 'node:path'
import {builtCli, projectRoot, shellWords} from '../support/cli-environment.js'
import {docCommands} from '../support/doc-commands.js'
import {addressAt, setStage} from '../support/sign-in-stage.js'

const FOLDER = join(projectRoot, 'docs')
const PAGES = [
  'README.md',
  ...readdirSync(FOLDER)
    // runs-recipes.test.ts runs that whole page.
    .filter((name) => name.endsWith('.md') && name !== 'runs.md')
    .map((name) => `docs/${name}`),
]
/** Pages that assume a key from the start. */
const WITH_KEY = new Set(
  ['app', 'ci', 'credentials', 'environment', 'json'].map((name) => `docs/${name}.md`),
)
// Commands that CI itself runs.
const OF_NPM = /^npm (ci|install|run|start|test)\b/
const ADDRESS_IN_JSON = /"url":"([^"\n]+)"/

describe('the docs', function () {
  this.timeout(120_000) // a page runs the CLI many times
  const stage = setStage({inferenceAccepts: 'oauth'})

  for (const page of PAGES) {
    const {lines, unexplained} = docCommands(readFileSync(join(projectRoot, page), 'utf8'))
    it(`run their examples, or say why not: ${page}`, () => {
      expect(unexplained).to.deep.equal([])
    })

    const commands = lines.filter((line) => !OF_NPM.test(line))
    if (commands.length === 0) continue
    it(`show only commands that work: ${page}`, async () => {
      const env = await environment(WITH_KEY.has(page))
      let started = {handle: '', address: ''}
      for (const text of commands) {
        const line = text.replace('HANDLE', started.handle)
        const terminal = stage.terminal([], {command: ['/bin/bash', '-c', line], env})
        if (line.includes('login --start')) {
          const [, url = ''] = await terminal.see(ADDRESS_IN_JSON)
          const [, handle = ''] = await terminal.see(/"handle":"([^"]+)"/)
          const {href} = await stage.cloud.browser('ada@example.test').authorize(url)
          started = {handle, address: href}
        } else if (line.includes('login --finish')) {
          await terminal.see('Paste the address')
          terminal.paste(`${started.address}\r`)
        } else if (/mogplex login(?!.*--with-api-key)/.test(line)) {
          const address = line.includes('--json')
            ? (await terminal.see(ADDRESS_IN_JSON))[1]
            : await addressAt(terminal)
          await stage.cloud.browser('ada@example.test').visit(address ?? '')
        }
        // A doctor that finds a problem has worked.
        const codes = line === 'mogplex doctor' ? [0, 1] : [0]
        const {code} = await terminal.exit
        expect(codes, `${line}\n${terminal.scrollback()}`).to.include(code)
      }
    })
  }

  /** A shell in which `mogplex` is the built CLI, and the variables that the docs name are set. */
  async function environment(hasKey: boolean): Promise<Record<string, string>> {
    const folder = join(stage.home, 'bin')
    await mkdir(folder)
    const command = join(folder, 'mogplex')
    await writeFile(command, `#!/bin/sh\nexec ${shellWords(builtCli)} "$@"\n`)
    await chmod(command, 0o755)
    const key = await stage.cloud.createKey('ada@example.test')
    return {
      PATH: [folder, process.env.PATH ?? ''].join(delimiter),
      WORK_MOGPLEX_KEY: key,
      WORK_OPENAI_KEY: stage.secret('sk-proj-of-the-docs-0123456789'),
      ...(hasKey && {MOGPLEX_API_KEY: key}),
    }
  }
})
