import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import type {Command} from './cli-environment.js'
import {moduleAddress} from './loaded-modules.js'

const bundles = new Map<string, Promise<Command>>()
let folder: string | undefined

/**
 * A small program of `test/support/workers`, bundled into one file: it starts as fast as Node
 * itself, so that it can be killed by the hundred.
 */
export async function bundledWorker(name: string): Promise<Command> {
  const bundle = bundles.get(name) ?? makeBundle(name)
  bundles.set(name, bundle)
  return bundle
}

async function makeBundle(name: string): Promise<Command> {
  const source = fileURLToPath(moduleAddress(`test/support/workers/${name}`))
  if (source.endsWith('.js')) return [process.execPath, source]
  const {build} = await import('esbuild')
  const outfile = join((folder ??= makeFolder()), `${name}.mjs`)
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'error',
    // CommonJS packages require Node's own modules.
    banner: {
      js: "import {createRequire} from 'node:module'; const require = createRequire(import.meta.url);",
    },
  })
  return [process.execPath, outfile]
}

function makeFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'mogplex-workers-'))
  process.once('exit', () => rmSync(made, {recursive: true, force: true}))
  return made
}
