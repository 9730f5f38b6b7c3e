import {expect} from 'chai'
import {cruise} from 'dependency-cruiser'
import readConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'
import {mkdir, symlink, writeFile} from 'node:fs/promises'
import {dirname, join, posix} from 'node:path'
import {projectRoot} from './support/cli-environment.js'
import {temporaryHome} from './support/temporary-home.js'

/** A file (`*` stands for a unique name), and its contents. */
type Case = [file: string, text: string]

const ALLOWED: Case[] = [
  ['src/domain/*.ts', "import './errors/remote.js'"],
  ['src/domain/*.ts', "import '@mogplex/plugin-kit/errors'"],
  ['src/domain/*.ts', "import '@mogplex/plugin-kit/text'"],
  ['src/domain/*.ts', "import type {A} from '@mogplex/plugin-kit/session'"],
  ['src/domain/*.ts', "import 'node:crypto'; import 'path'; import 'jsonc-parser'"],
  [
    'src/adapters/*.ts',
    "import '../domain/credential/secret.js'; import 'node:fs/promises'; import 'got'",
  ],
  ['src/adapters/*.ts', "import type {A} from './http.js'; let b: import('./clock.js').B"],
  ['src/adapters/file-lock.ts', "import './file-lock/owner.js'"],
  ['src/adapters/file-lock/*.ts', "import './owner.js'; import type {A} from '../http/proxy.js'"],
  ['src/adapters/http/proxy.ts', "import '../http.js'"],
  ['src/adapters/*.ts', "import './own-file.js'"],
  [
    'src/services/*.ts',
    "export type {A} from '../adapters/http.js'; import '../domain/credential/secret.js'",
  ],
  ['src/services/*.ts', "import type {A} from '@mogplex/plugin-kit'"],
  ['src/services/*.ts', "import '@mogplex/plugin-kit/rules'"],
  ['src/terminal/*.ts', "await import('inquirer'); import '../domain/text/printable.js'"],
  ['src/terminal/*.ts', "import '@mogplex/plugin-kit/text'"],
  [
    'src/app/slash/*.ts',
    "import type {A} from '../../services/interruptible-pause.js'; import '../names.js'",
  ],
  ['src/app/*.ts', "import '../terminal/wrap.js'"],
  ['src/commands/*.ts', "import '../compose.js'; import '../services/interruptible-pause.js'"],
  ['src/commands/*.ts', "import '../app/names.js'; import '@mogplex/plugin-kit'"],
  ['src/host/hooks/*.ts', "import '@oclif/core'; import '../../compose/hosted.js'"],
  ['src/host/hooks/*.ts', "import '../../terminal/wrap.js'"],
  ['src/compose.ts', "import './adapters/http.js'; import './services/interruptible-pause.js'"],
  ['src/compose/*.ts', "import type {A} from '@oclif/core'; import './hosted.js'"],
  ['src/host/launcher.ts', "import './argv.js'; import '../compose.js'; import '@oclif/core'"],
  ['packages/plugin-kit/src/*.ts', "import '@oclif/core'; import 'node:util'"],
  ['packages/redaction/src/*.ts', "import './spans.js'"],
  ['src/recording/*.ts', "import '@mogplex/redaction/known'; await import('@mogplex/redaction')"],
  ['packages/local-cloud/src/*.ts', "import 'got'; import '@mogplex/plugin-kit'"],
  [
    'plugins/skills/src/*.ts',
    "import '@mogplex/plugin-kit'; import '@oclif/core'; import './a.js'",
  ],
]

/** The rest of a cycle, which is reported once. */
const CIRCLE: Case[] = [
  ['src/domain/second.ts', "import type {A} from './errors/third.js'"],
  ['src/domain/errors/third.ts', "await import('../circle.js')"],
]

const FORBIDDEN: Record<string, Case[]> = {
  'domain-imports': [
    ['src/domain/*.ts', "import '../adapters/http.js'"],
    ['src/domain/*.ts', "import type {A} from '../services/interruptible-pause.js'"],
    ['src/domain/*.ts', "let a: import('../services/interruptible-pause.js').A"],
    ['src/domain/*.ts', "import type {A} from '@mogplex/plugin-kit'"],
    ['src/domain/*.ts', "export type {A} from 'got'"],
    ['src/domain/*.ts', "import '../common/text.js'"],
    ['src/domain/*.ts', "import '@mogplex/redaction/known'"],
    ['src/domain/*.ts', "import '../../packages/plugin-kit/src/errors.js'"],
  ],
  'domain-imports-as-type': [['src/domain/*.ts', "import '@mogplex/plugin-kit/session'"]],
  'domain-is-pure': [
    ['src/domain/*.ts', "import 'node:fs/promises'"],
    ['src/domain/*.ts', "import type {A} from 'fs'"],
    ['src/domain/*.ts', "await import('node:http')"],
    ['src/domain/*.ts', "export * from 'node:os'"],
    ['src/domain/*.ts', "import {env} from 'node:process'"],
  ],
  'adapters-imports': [
    ['src/adapters/*.ts', "import type {A} from '../services/interruptible-pause.js'"],
    ['src/adapters/*.ts', "import type {A} from '@oclif/core'"],
    ['src/adapters/*.ts', "import 'inquirer'"],
  ],
  'adapters-imports-as-type': [
    ['src/adapters/*.ts', "import './http.js'"],
    ['src/adapters/*.ts', "import type {A} from './http.js'; await import('./http.js')"],
    ['src/adapters/http/*.ts', "import '../file-lock/owner.js'"],
    ['src/adapters/file.ts', "import './file-lock.js'"],
    ['src/adapters/*.ts', "import '@mogplex/plugin-kit'"],
  ],
  'services-imports': [
    ['src/services/*.ts', "import '../app/names.js'"],
    ['src/services/*.ts', "import type {A} from '../compose.js'"],
    ['src/services/*.ts', "import '@oclif/core'"],
    ['src/services/*.ts', "await import('got')"],
    ['src/services/*.ts', "import type {A} from '@mogplex/redaction'"],
  ],
  'services-imports-as-type': [
    ['src/services/*.ts', "import '../adapters/http.js'"],
    ['src/services/*.ts', "export {a} from '../adapters/http.js'"],
    ['src/services/*.ts', "import '@mogplex/plugin-kit'"],
  ],
  'environment-is-an-argument': [
    ['src/services/*.ts', "import {env} from 'node:process'"],
    ['src/app/*.ts', "import 'process'"],
  ],
  'terminal-imports': [
    ['src/terminal/*.ts', "import type {A} from '../app/names.js'"],
    ['src/terminal/*.ts', "import type {A} from '../services/interruptible-pause.js'"],
    ['src/terminal/*.ts', "import type {A} from '../adapters/clock.js'"],
    ['src/terminal/*.ts', "import type {A} from '@oclif/core'"],
    ['src/terminal/*.ts', "import type {A} from '@mogplex/plugin-kit'"],
    ['src/terminal/*.ts', "import {a} from '../domain/credential/credential.js'"],
  ],
  'app-imports': [
    ['src/app/*.ts', "await import('inquirer')"],
    ['src/app/*.ts', "import '../commands/login.js'"],
    ['src/app/*.ts', "import type {A} from '../compose.js'"],
    ['src/app/*.ts', "import type {A} from '../adapters/clock.js'"],
    ['src/app/*.ts', "import type {A} from '@oclif/core'"],
  ],
  'app-imports-as-type': [
    ['src/app/*.ts', "import '@mogplex/plugin-kit/rules'"],
    ['src/app/*.ts', "import '../services/interruptible-pause.js'"],
    ['src/app/*.ts', "import '@mogplex/plugin-kit/text'"],
  ],
  'commands-imports': [
    ['src/commands/*.ts', "import type {A} from '../adapters/http.js'"],
    ['src/commands/*.ts', "import type {A} from '../host/hooks/init.js'"],
    ['src/commands/*.ts', "import '../launcher.js'"],
    ['src/commands/*.ts', "import 'inquirer'"],
    ['src/commands/*.ts', "import '@mogplex/local-cloud'"],
  ],
  'commands-imports-as-type': [['src/commands/*.ts', "import '@mogplex/plugin-kit/testing'"]],
  'hooks-imports': [['src/host/hooks/*.ts', "import type {A} from '../../adapters/http.js'"]],
  'hooks-imports-as-type': [['src/host/hooks/*.ts', "import '@mogplex/plugin-kit/session'"]],
  'recording-imports': [
    ['src/recording/*.ts', "import '../app/names.js'"],
    ['src/recording/*.ts', "import type {A} from '@oclif/core'"],
  ],
  'recording-imports-as-type': [
    ['src/recording/*.ts', "import '../services/interruptible-pause.js'"],
    ['src/recording/*.ts', "await import('../adapters/http.js')"],
  ],
  'compose-imports': [
    ['src/compose/*.ts', "import '../app/names.js'"],
    ['src/compose/*.ts', "import type {A} from '../commands/login.js'"],
  ],
  'compose-imports-as-type': [['src/compose/*.ts', "import '@oclif/core'"]],
  'host-imports': [['src/host/help.ts', "import '../services/interruptible-pause.js'"]],
  'host-imports-as-type': [['src/host/argv.ts', "import '@mogplex/plugin-kit/session'"]],
  'kit-imports': [
    ['packages/plugin-kit/src/*.ts', "import 'got'"],
    ['packages/plugin-kit/src/*.ts', "import type {A} from '@oclif/plugin-plugins'"],
  ],
  'redaction-imports': [
    ['packages/redaction/src/*.ts', "import 'got'"],
    ['packages/redaction/src/*.ts', "import type {A} from '@mogplex/plugin-kit'"],
    ['packages/redaction/src/*.ts', "import '../../../src/domain/credential/secret.js'"],
  ],
  'redaction-needs-nothing': [
    ['packages/redaction/src/*.ts', "import 'node:util'"],
    ['packages/redaction/src/*.ts', "import type {A} from 'fs'"],
  ],
  'plugins-imports': [
    ['plugins/skills/src/*.ts', "import 'got'"],
    ['plugins/skills/src/*.ts', "import '@mogplex/plugin-kit/text'"],
    ['plugins/skills/src/*.ts', "import type {A} from '../../runs/src/a.js'"],
  ],
  'file-in-a-room': [['src/common/*.ts', "import '../domain/credential/secret.js'"]],
  'house-is-not-imported': [
    [
      'packages/local-cloud/src/*.ts',
      "import type {A} from '../../../src/domain/credential/secret.js'",
    ],
    ['plugins/auth-skill/src/*.ts', "import '@mogplex/cli/dist/compose.js'"],
  ],
  'workspace-by-name': [
    ['packages/local-cloud/src/*.ts', "import '../../plugin-kit/src/errors.js'"],
    ['src/services/*.ts', "import '../../packages/plugin-kit/dist/errors.js'"],
  ],
  'no-circle': [
    ['src/domain/circle.ts', "import './second.js'"],
    ['src/domain/self.ts', "import './self.js'"],
  ],
  'no-orphan': [['src/domain/*.ts', 'export {}']],
  resolvable: [['packages/local-cloud/src/*.ts', "import './missing.js'"]],
}

const INSTALLED = ['@oclif/core', '@oclif/plugin-plugins', 'got', 'inquirer', 'jsonc-parser']

const PACKAGES: Case[] = [
  ['package.json', '{"name": "@mogplex/cli", "workspaces": ["packages/*", "plugins/*"]}'],
  [
    'packages/plugin-kit/package.json',
    '{"exports": {".": "./dist/index.js", "./*": "./dist/*.js"}}',
  ],
  ...['index', 'errors', 'rules', 'session', 'testing', 'text'].map((name): Case => [
    `packages/plugin-kit/dist/${name}.js`,
    'export {}',
  ]),
  [
    'packages/redaction/package.json',
    '{"exports": {".": "./dist/index.js", "./known": "./dist/known-secrets.js"}}',
  ],
  ...['index', 'known-secrets'].map((name): Case => [
    `packages/redaction/dist/${name}.js`,
    'export {}',
  ]),
  ['packages/local-cloud/package.json', '{"exports": "./dist/index.js"}'],
  ['packages/local-cloud/dist/index.js', 'export {}'],
  ...INSTALLED.map((name): Case => [`node_modules/${name}/index.js`, 'export {}']),
]

const config = await readConfig(join(projectRoot, '.dependency-cruiser.js'))

/**
 * Writes the cases and their imports as files of one small project; then checks them all at once.
 */
async function rulesBroken(cases: readonly Case[]): Promise<(file: string) => string[]> {
  const root = await temporaryHome()
  const targets = cases.flatMap(([file, text]) => relativeImports(file, text))
  const written = new Set(cases.map(([file]) => file))
  const empty = targets.filter((file) => !written.has(file) && !file.includes('missing'))
  for (const [file, text] of [...PACKAGES, ...cases, ...empty.map((file): Case => [file, ''])]) {
    await mkdir(dirname(join(root, file)), {recursive: true})
    await writeFile(join(root, file), text)
  }
  await mkdir(join(root, 'node_modules/@mogplex'))
  for (const name of ['plugin-kit', 'redaction', 'local-cloud']) {
    await symlink(`../../packages/${name}`, join(root, 'node_modules/@mogplex', name))
  }
  const {options, ...ruleSet} = config
  const {output} = await cruise(['src', 'packages', 'plugins'], {
    ...options,
    baseDir: root,
    validate: true,
    ruleSet,
  })
  if (typeof output === 'string') throw new Error(output)
  const {violations} = output.summary
  return (file) => violations.filter(({from}) => from === file).map(({rule}) => rule.name)
}

function relativeImports(file: string, text: string): string[] {
  return [...text.matchAll(/'(\.[^']*)\.js'/g)].map(
    ([, path]) => `${posix.join(posix.dirname(file), path ?? '')}.ts`,
  )
}

/** Gives each case a separate file. */
const named = (cases: readonly Case[], name: string): Case[] =>
  cases.map(([file, text], index) => [file.replace('*', `${name}-${String(index)}`), text])

describe('the rules of imports', () => {
  const allowed = named(ALLOWED, 'allowed')
  const forbidden = Object.entries(FORBIDDEN).map(([rule, cases]): [string, Case[]] => [
    rule,
    named(cases, rule),
  ])
  let broken: (file: string) => string[]

  before(async () => {
    broken = await rulesBroken([...allowed, ...CIRCLE, ...forbidden.flatMap(([, cases]) => cases)])
  })

  it('let imports go down', () => {
    for (const [file, text] of allowed) expect(broken(file), `${file}: ${text}`).to.deep.equal([])
  })

  it('are all covered here', () => {
    const names = config.forbidden?.map(({name}) => name)
    expect(Object.keys(FORBIDDEN)).to.have.members(names ?? [])
  })

  for (const [rule, cases] of forbidden) {
    it(`detect a violation of ${rule}`, () => {
      for (const [file, text] of cases) expect(broken(file), `${file}: ${text}`).to.include(rule)
    })
  }
})
