import {readFileSync} from 'node:fs'
import type {Module} from 'node:module'
import {basename, dirname, resolve} from 'node:path'
import {Script} from 'node:vm'
import type {CodeCache} from './code-cache.js'

const FAILED = '.failed'

/** The wrapper around each file of `dist`: see scripts/bundle/parts.js. */
type Run = (
  exports: unknown,
  require: NodeJS.Require,
  module: NodeJS.Module,
  filename: string,
  dirname: string,
  __import: (name: string) => Promise<unknown>,
) => void

interface Fresh {
  readonly name: string
  readonly script: Script
  /** Compiled by a run that failed: it lacks functions that a successful run needs. */
  readonly isFromFailure: boolean
}

/** Loads the files of the CLI's `dist`, from compiled code where available. */
export class CompiledFiles {
  readonly #cache: CodeCache | undefined
  readonly #prefix: string
  readonly #fresh: Fresh[] = []

  /**
   * @param cache - `undefined` where none may be used
   * @param prefix - of the names in the cache: each command compiles another part of a file
   */
  constructor(cache: CodeCache | undefined, prefix: string) {
    this.#cache = cache
    this.#prefix = prefix
  }

  /** @param path - of a file that `scripts/bundle.js` created, absolute */
  load(path: string): unknown {
    const known = require.cache[path]
    if (known !== undefined) return known.exports
    const made = new (moduleClass())(path)
    made.filename = path
    require.cache[path] = made
    const run = this.#compile(path).runInThisContext() as Run
    const own = this.#requireFrom(path)
    run(made.exports, own, made, path, dirname(path), async (id) => import(id))
    made.loaded = true
    return made.exports
  }

  /**
   * Stores the code that was compiled in this run. Call it at the end of the run.
   *
   * @param hasFailed - then little of a successful run was compiled, and it is stored separately
   */
  store(hasFailed: boolean): void {
    for (const {name, script, isFromFailure} of this.#fresh.splice(0)) {
      if (hasFailed && isFromFailure) continue
      this.#cache?.store(hasFailed ? name + FAILED : name, script.createCachedData())
    }
  }

  #compile(path: string): Script {
    const source = readFileSync(path, 'latin1') // the file is ASCII
    const name = `${this.#prefix}.${basename(path, '.cjs')}`
    const ofSuccess = this.#cache?.read(name)
    const cachedData = ofSuccess ?? this.#cache?.read(name + FAILED)
    const script = new Script(source, {filename: path, ...(cachedData && {cachedData})})
    // V8 checks its own version and flags.
    const isTaken = script.cachedDataRejected === false
    if (!isTaken || ofSuccess === undefined)
      this.#fresh.push({name, script, isFromFailure: isTaken})
    return script
  }

  /**
   * Files beside the requiring one are also loaded here, and Node's own modules directly: creating
   * a general `require` takes some time.
   */
  #requireFrom(path: string): NodeJS.Require {
    let made: NodeJS.Require | undefined
    const native = (): NodeJS.Require => (made ??= moduleClass().createRequire(path))
    const folder = dirname(path)
    const own = (id: string): unknown => {
      const builtin: unknown = process.getBuiltinModule(id)
      if (builtin !== undefined) return builtin
      if (!id.endsWith('.cjs')) return native()(id)
      const file = resolve(folder, id)
      return dirname(file) === folder ? this.load(file) : native()(id)
    }
    return Object.defineProperties(own, {
      cache: {value: require.cache},
      resolve: {get: () => native().resolve},
      main: {get: () => native().main},
    }) as NodeJS.Require
  }
}

/** The class of `node:module`, whose import would take longer than everything else here. */
function moduleClass(): typeof Module {
  return require.cache[__filename]?.constructor as typeof Module
}
