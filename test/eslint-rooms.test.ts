import {expect} from 'chai'
import {ESLint} from 'eslint'
import tseslint from 'typescript-eslint'
import {projectRoot} from './support/cli-environment.js'

type Case = [file: string, text: string]

/**
 * Code that a file must not use, although no import shows it; and the eslint rule that reports it.
 */
const USES: Record<string, Case[]> = {
  'no-restricted-globals': [
    ['src/domain/a.ts', 'process.env.HOME'],
    ['src/domain/a.ts', 'globalThis.process.env'],
    ['src/domain/a.ts', 'fetch(url)'],
    ['src/domain/a.ts', 'crypto.randomUUID()'],
    ['src/domain/a.ts', 'performance.now()'],
    ['src/domain/a.ts', 'console.log(1)'],
    ['src/domain/a.ts', 'setTimeout(f, 1)'],
    ['src/domain/a.ts', 'setInterval(f, 1)'],
    ['src/domain/a.ts', 'setImmediate(f)'],
    ['src/services/a.ts', 'process.env.HOME'],
    ['src/services/a.ts', 'const {env} = process'],
    ['src/services/a.ts', 'globalThis.process.env'],
  ],
  'no-restricted-properties': [
    ['src/domain/a.ts', 'Date.now()'],
    ['src/domain/a.ts', 'Math.random()'],
    ['src/domain/a.ts', 'URL.canParse(text)'],
    ['src/app/a.ts', 'process.env.HOME'],
    ['src/app/a.ts', "process['env']"],
    ['src/app/a.ts', 'const {env} = process'],
    ['src/app/a.ts', 'process.exit()'],
    ...['src/app/a.ts', 'src/app/run/a.ts', 'src/commands/a.ts'].flatMap((file): Case[] => [
      [file, "process.on('SIGINT', stop)"],
      [file, "process.once('exit', stop)"],
      [file, 'stdin.setRawMode(true)'],
    ]),
  ],
  'no-restricted-syntax': [
    ['src/domain/a.ts', 'new Date()'],
    ['src/domain/a.ts', 'new Date'],
    ['src/domain/a.ts', 'Date()'],
    ['src/domain/a.ts', "await import('node:crypto')"],
    ['src/app/a.ts', 'globalThis.process.env'],
    ...['src/app/a.ts', 'src/commands/skills/a.ts'].flatMap((file): Case[] => [
      [file, String.raw`write('\u001B[2K')`],
      [file, String.raw`write("\x1b[2K")`],
      [file, 'write(`\\x1B[${n}A`)'],
      [file, String.raw`const escape = /\x1b/`],
    ]),
    ['src/app/a.ts', 'read(process)'],
    ['src/app/a.ts', 'const world = {process}'],
    ['src/services/a.ts', 'await import(path)'],
    ['src/app/a.ts', 'await import(`./${name}.js`)'],
    ['src/commands/a.ts', 'await import(path)'],
    ['src/host/hooks/a.ts', 'await import(path)'],
    ['src/compose.ts', 'await import(path)'],
    ['src/compose/a.ts', 'await import(path)'],
    ['src/adapters/a.ts', "export {type A} from './http.js'"],
  ],
  'no-restricted-imports': [
    ['src/domain/a.ts', "import {randomBytes} from 'node:crypto'"],
    ['src/domain/a.ts', "import {createHash, randomUUID as id} from 'crypto'"],
    ['src/domain/a.ts', "import * as all from 'node:crypto'"],
    ['src/domain/a.ts', "import all from 'node:crypto'"],
    ['src/domain/a.ts', "export {randomBytes} from 'node:crypto'"],
    ['src/domain/a.ts', "export * from 'node:crypto'"],
  ],
  '@typescript-eslint/no-import-type-side-effects': [
    ['src/adapters/a.ts', "import {type A} from './http.js'"],
  ],
}

const MAY_BE_USED: Case[] = [
  ['src/domain/a.ts', 'new Date(text)'],
  ['src/domain/a.ts', "import {createHash, timingSafeEqual} from 'node:crypto'"],
  ['src/domain/a.ts', 'const load = (fetch) => fetch(url)'],
  ['src/domain/a.ts', 'const {process} = plan; process.env'],
  ['src/domain/a.ts', 'plan.process.env'],
  ['src/domain/a.ts', 'let load: typeof fetch'],
  ['src/services/a.ts', "Date.now(); await import('./rest.js')"],
  ['src/app/a.ts', "process.platform; emitter.on('end', stop); interface Plan {process: string}"],
  ['src/terminal/a.ts', String.raw`process.on('SIGINT', stop); write('\x1b[2K')`],
  ['src/adapters/a.ts', 'process.env.HOME; await import(path)'],
  ['src/adapters/a.ts', "export {type A, b} from './http.js'"],
]

describe('the rules for code without an import', () => {
  // Type information is not used: the files do not exist.
  const eslint = new ESLint({cwd: projectRoot, overrideConfig: tseslint.configs.disableTypeChecked})

  const rulesAgainst = async ([filePath, text]: Case): Promise<(string | null)[]> => {
    const results = await eslint.lintText(text, {filePath})
    return results.flatMap(({messages}) => messages.map(({ruleId}) => ruleId))
  }

  it('allow local names, types, and harmless code', async () => {
    for (const use of MAY_BE_USED) {
      expect(await rulesAgainst(use), use.join(': ')).not.to.include.oneOf(Object.keys(USES))
    }
  })

  for (const [rule, uses] of Object.entries(USES)) {
    it(`detect a violation of ${rule}`, async () => {
      for (const use of uses) expect(await rulesAgainst(use), use.join(': ')).to.include(rule)
    })
  }
})
