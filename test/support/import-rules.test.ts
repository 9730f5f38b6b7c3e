import {expect} from 'chai'
import {checkImports} from './import-rules.js'
import {COMPUTED} from './source-file.js'
import type {Import, SourceFile} from './source-file.js'

const value = (specifier: string, ...names: string[]): Import =>
  names.length > 0 ? {specifier, typeOnly: false, names} : {specifier, typeOnly: false}
const type = (specifier: string): Import => ({specifier, typeOnly: true})

const rulesFor = (file: string, ...imports: Import[]): string[] =>
  checkImports([{file, imports}]).map(({rule}) => rule)

type Case = [file: string, imported: Import]

const ALLOWED: Case[] = [
  ['src/domain/redact.ts', value('./secret.js')],
  ['src/domain/errors/remote.ts', value('@mogplex/plugin-kit/errors')],
  ['src/domain/gate.ts', type('@mogplex/plugin-kit/session')],
  ['src/domain/callback-rules.ts', value('node:crypto', 'timingSafeEqual', 'createHash')],
  ['src/domain/auth-document.ts', value('jsonc-parser')],
  ['src/domain/addresses.ts', value('node:path')],
  ['src/adapters/auth-file.ts', value('../domain/secret.js')],
  ['src/adapters/auth-file.ts', value('node:fs/promises')],
  ['src/adapters/mogplex-api.ts', type('./http.js')],
  ['src/adapters/http.ts', value('got')],
  ['src/adapters/file-lock.ts', value('./file-lock/owner.js')],
  ['src/adapters/file-lock/takeover.ts', value('./owner.js')],
  ['src/services/attach.ts', type('../adapters/mogplex-api.js')],
  ['src/services/attach.ts', value('../domain/secret.js')],
  ['src/services/who-am-i.ts', type('@mogplex/plugin-kit')],
  ['src/app/slash/model.ts', type('../../services/skills.js')],
  ['src/app/composer.ts', value('@inquirer/core')],
  ['src/app/composer.ts', value('./slash/model.js')],
  ['src/commands/whoami.ts', value('../compose.js')],
  ['src/commands/whoami.ts', value('../services/who-am-i.js')],
  ['src/commands/whoami.ts', value('@mogplex/plugin-kit')],
  ['src/commands/app.ts', value('../app/composer.js')],
  ['src/hooks/init.ts', type('@oclif/core')],
  ['src/hooks/init.ts', value('../compose.js')],
  ['src/compose.ts', value('./adapters/http.js')],
  ['src/compose.ts', value('./services/log-in.js')],
  ['src/compose.ts', type('@oclif/core')],
  ['src/compose.ts', value('./compose/hosted.js')],
  ['src/compose/hosted.ts', type('./world.js')],
  ['src/compose/hosted.ts', value('../adapters/http.js')],
  ['src/launcher.ts', value('./argv.js')],
  ['src/launcher.ts', value('./compose.js')],
  ['src/help.ts', value('@oclif/core')],
  ['packages/plugin-kit/src/command.ts', value('@oclif/core')],
  ['packages/plugin-kit/src/command.ts', value('node:util')],
  ['packages/plugin-kit/src/index.ts', value('./command.js')],
  ['packages/local-cloud/src/index.ts', value('better-auth')],
]

const FORBIDDEN: Record<string, Case[]> = {
  'an import goes up': [
    ['src/domain/redact.ts', value('../adapters/auth-file.js')],
    ['src/domain/redact.ts', type('../services/attach.js')],
    ['src/domain/redact.ts', value('@mogplex/plugin-kit')],
    ['src/adapters/auth-file.ts', type('../services/attach.js')],
    ['src/services/attach.ts', value('../app/composer.js')],
    ['src/services/attach.ts', type('../compose.js')],
    ['src/app/composer.ts', value('../commands/login.js')],
    ['src/app/composer.ts', type('../compose.js')],
    ['src/compose.ts', value('./app/composer.js')],
    ['src/compose.ts', type('./commands/login.js')],
    ['src/compose.ts', type('./hooks/init.js')],
    ['src/commands/login.ts', type('../hooks/init.js')],
    ['src/commands/login.ts', type('../launcher.js')],
    ['src/launcher.ts', value('./services/who-am-i.js')],
  ],
  'an import passes a floor by': [
    ['src/commands/login.ts', value('../adapters/auth-file.js')],
    ['src/commands/login.ts', type('../adapters/auth-file.js')],
    ['src/hooks/init.ts', type('../adapters/auth-file.js')],
    ['src/app/composer.ts', type('../adapters/clock.js')],
  ],
  'what may be a type only is there at run time': [
    ['src/adapters/mogplex-api.ts', value('./http.js')],
    ['src/adapters/mogplex-api.ts', value('./http/proxy.js')],
    ['src/services/attach.ts', value('../adapters/mogplex-api.js')],
    ['src/app/composer.ts', value('../services/attach.js')],
    ['src/services/attach.ts', value('@mogplex/plugin-kit')],
    ['src/compose.ts', value('@oclif/core')],
  ],
  'a floor imports an outside package that is not its own': [
    ['src/adapters/http.ts', type('@oclif/core')],
    ['src/services/attach.ts', value('@oclif/core/flags')],
    ['src/app/composer.ts', type('@oclif/core')],
    ['src/adapters/http.ts', value('inquirer')],
    ['src/services/attach.ts', value('@inquirer/core')],
    ['src/commands/login.ts', value('inquirer')],
    ['src/services/attach.ts', value('got')],
    ['src/domain/addresses.ts', value('oauth4webapi')],
    ['src/domain/addresses.ts', type('better-auth')],
    ['src/commands/login.ts', value('@mogplex/local-cloud')],
  ],
  'domain reaches the outside world': [
    ['src/domain/a.ts', value('node:fs/promises')],
    ['src/domain/a.ts', value('fs')],
    ['src/domain/a.ts', value('node:net')],
    ['src/domain/a.ts', value('http')],
    ['src/domain/a.ts', value('node:https')],
    ['src/domain/a.ts', value('node:child_process')],
    ['src/domain/a.ts', value('node:os')],
    ['src/domain/a.ts', value('node:process')],
    ['src/domain/a.ts', value('node:crypto')],
    ['src/domain/a.ts', value('node:crypto', 'timingSafeEqual', 'randomBytes')],
  ],
  'services or app read the environment': [
    ['src/services/attach.ts', value('node:process', 'env')],
    ['src/app/composer.ts', value('process')],
  ],
  'a workspace is entered by the window, or imports the house': [
    ['src/domain/a.ts', value('../../packages/plugin-kit/src/errors.js')],
    ['packages/local-cloud/src/a.ts', type('../../../src/domain/secret.js')],
    ['packages/local-cloud/src/a.ts', value('../../plugin-kit/src/errors.js')],
    ['packages/local-cloud/src/a.ts', value('@mogplex/cli')],
    ['plugins/auth-skill/src/a.ts', type('@mogplex/cli/dist/compose.js')],
    ['packages/plugin-kit/src/a.ts', type('../../../src/domain/secret.js')],
    ['packages/plugin-kit/src/a.ts', value('got')],
    ['packages/plugin-kit/src/a.ts', type('@oclif/plugin-help')],
  ],
  'a file stands in no room': [
    ['src/utils.ts', value('node:path')],
    ['src/common/text.ts', value('node:path')],
    ['src/domain/a.ts', value('../common/text.js')],
  ],
  'nobody can read what is imported': [
    ['src/services/skills.ts', value(COMPUTED)],
    ['src/domain/a.ts', type(COMPUTED)],
  ],
}

describe('checkImports', () => {
  it('lets imports go down', () => {
    for (const [file, imported] of ALLOWED) {
      expect(rulesFor(file, imported), `${file}: ${imported.specifier}`).to.deep.equal([])
    }
  })

  for (const [what, cases] of Object.entries(FORBIDDEN)) {
    it(`fails when ${what}`, () => {
      for (const [file, imported] of cases) {
        expect(rulesFor(file, imported), `${file}: ${imported.specifier}`).to.have.length(1)
      }
    })
  }

  it('names file, import and rule', () => {
    const imports = [value('./secret.js'), value('../adapters/clock.js')]
    expect(checkImports([{file: 'src/domain/expiry.ts', imports}])).to.deep.equal([
      {
        file: 'src/domain/expiry.ts',
        import: '../adapters/clock.js',
        rule: 'domain may not import adapters',
      },
    ])
  })

  it('fails when domain, services or app use the environment, or domain the clock', () => {
    const used = (file: string, ...globals: string[]) =>
      checkImports([{file, imports: [], globals}])
    expect(used('src/domain/expiry.ts', 'process.env', 'Date.now', 'Math.random')).to.have.length(3)
    expect(used('src/services/attach.ts', 'process.env')).to.have.length(1)
    expect(used('src/app/composer.ts', 'process.env')).to.have.length(1)
    expect(used('src/services/attach.ts', 'Date.now', 'process.stdout')).to.deep.equal([])
    expect(used('src/adapters/home.ts', 'process.env', 'Date.now')).to.deep.equal([])
  })

  it('fails on a circle, once, also within a floor and by types alone', () => {
    const files: SourceFile[] = [
      {file: 'src/domain/a.ts', imports: [value('./b.js'), value('./leaf.js')]},
      {file: 'src/domain/b.ts', imports: [type('./errors/c.js')]},
      {file: 'src/domain/errors/c.ts', imports: [value('../a.js')]},
      {file: 'src/domain/leaf.ts', imports: []},
      {file: 'src/domain/self.ts', imports: [value('./self.js')]},
    ]
    expect(checkImports(files).map(({rule}) => rule)).to.deep.equal([
      'a circle: src/domain/a.ts → src/domain/b.ts → src/domain/errors/c.ts → src/domain/a.ts',
      'a circle: src/domain/self.ts → src/domain/self.ts',
    ])
  })

  it('takes two ways to the same file for no circle', () => {
    const files: SourceFile[] = [
      {file: 'src/domain/a.ts', imports: [value('./b.js'), value('./c.js')]},
      {file: 'src/domain/b.ts', imports: [value('./d.js')]},
      {file: 'src/domain/c.ts', imports: [value('./d.js')]},
      {file: 'src/domain/d.ts', imports: []},
    ]
    expect(checkImports(files)).to.deep.equal([])
  })
})
