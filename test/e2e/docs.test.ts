import {expect} from 'chai'
import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises'
import {delimiter, join} from 'node:path'
import {builtCli, projectRoot, shellWords} from '../support/cli-environment.js'
import {addressAt, setStage} from '../support/sign-in-stage.js'

const PAGES = [
  'README.md',
  'docs/accounts.md',
  'docs/app.md',
  'docs/authentication.md',
  'docs/ci.md',
  'docs/completion.md',
  'docs/environment.md',
  'docs/self-hosted.md',
  'docs/session-logs.md',
  'docs/skills.md',
  'docs/ssh-and-containers.md',
  'docs/troubleshooting.md',
]
/** Where a key is there before the first line. */
const WITH_KEY = new Set(['docs/app.md', 'docs/ci.md', 'docs/environment.md'])
// What CI itself runs.
const OF_NPM = /^npm (ci|run|start|test)\b/
const ADDRESS_IN_JSON = /"url":"([^"\n]+)"/

describe('the docs', function () {
  this.timeout(120_000) // a page runs the CLI many times
  const stage = setStage({inferenceAccepts: 'oauth'})

  for (const page of PAGES) {
    it(`show only commands that work: ${page}`, async () => {
      const lines = commandLines(await readFile(join(projectRoot, page), 'utf8'))
      expect(lines).not.to.have.length(0)
      const env = await environment(WITH_KEY.has(page))
      for (const line of lines) {
        const terminal = stage.terminal([], {command: ['/bin/bash', '-c', line], env})
        if (/mogplex login(?!.*--with-api-key)/.test(line)) {
          const address = line.includes('--json')
            ? (await terminal.see(ADDRESS_IN_JSON))[1]
            : await addressAt(terminal)
          await stage.cloud.browser('ada@example.test').visit(address ?? '')
        }
        expect((await terminal.exit).code, `${line}\n${terminal.scrollback()}`).to.equal(0)
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

/** The lines of shell blocks, and what a workflow runs. */
function commandLines(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
  return blocks.flatMap(([, language = '', text = '']) => {
    const lines = text.split('\n').map((line) => line.trim())
    if (language === 'sh') return lines.filter((line) => line !== '' && !OF_NPM.test(line))
    if (language !== 'yaml') return []
    return lines.flatMap((line) => /^- run: (.*)$/.exec(line)?.[1] ?? [])
  })
}
