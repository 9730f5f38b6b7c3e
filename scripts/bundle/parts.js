import {relative} from 'node:path'
import ts from 'typescript'

const RESOLVED = 'the path is known'
const BUILTIN = 'builtin'

const ARGUMENTS = 'exports, require, module, __filename, __dirname'

/**
 * The wrapper around the code of a file of `dist`: it runs where Node requires the file, and is a
 * function where `host/start` compiles the file as a script. A module of another file is loaded
 * with `require('later.cjs#src/services/log-in.ts')`; `import()` uses a function that `host/start`
 * passes in, since it fails in compiled code on Node 20.
 */
export const TAIL = '})'
export const HEAD = `
  ((run) => (typeof __filename === 'string' ? run(${ARGUMENTS}) : run))(function (${ARGUMENTS}, __import) {
  __import ??= (name) => import(name);
  require = ((native, known) => Object.setPrototypeOf((id) => {
    const at = id.indexOf('.cjs#');
    return at < 0 ? native(id) : known[id] ??= native('./' + id.slice(0, at + 4)).modules(id.slice(at + 5));
  }, native))(require, {});`.replaceAll(/\s+/g, ' ')

/**
 * Excludes from a file what another file beside it contains.
 *
 * @param {string} root
 * @param {(id: string) => string | undefined} fileOf - the file of `dist` that contains a module, by
 *   its path from `root`; `undefined` where it belongs to this one
 * @param {Set<string>} wanted - gets the ids of the excluded modules
 * @returns {import('esbuild').Plugin}
 */
export function leftToOthers(root, fileOf, wanted) {
  return {
    name: 'left-to-others',
    setup({onResolve, resolve}) {
      onResolve({filter: /./}, async ({path, pluginData, ...options}) => {
        if (pluginData === RESOLVED || options.kind === 'entry-point') return undefined
        const found = await resolve(path, {...options, pluginData: RESOLVED})
        if (found.external || found.errors.length > 0) return found
        const id = relative(root, found.path).replaceAll('\\', '/')
        const file = fileOf(id)
        if (file === undefined) return found
        wanted.add(id)
        return {path: `${file}#${id}`, external: true}
      })
    },
  }
}

/**
 * Loads Node's own modules once for each file: requiring one takes longer than keeping it.
 *
 * @returns {import('esbuild').Plugin}
 */
export function builtinsOnce() {
  return {
    name: 'builtins-once',
    setup({onResolve, onLoad}) {
      onResolve({filter: /^node:/}, ({path, namespace, kind}) =>
        namespace !== BUILTIN && kind === 'require-call' ? {path, namespace: BUILTIN} : undefined,
      )
      onLoad({filter: /./, namespace: BUILTIN}, ({path}) => ({
        contents: `module.exports = require(${JSON.stringify(path)})`,
      }))
    },
  }
}

/**
 * The text of a module whose `modules` returns others, by their paths from the root: each is loaded
 * on first use. One function for all, since an object would need one function for each.
 */
export function modulesText(ids) {
  const cases = [...ids].sort().map((id) => `case '${id}': return require('./${id}')`)
  return `module.exports.modules = (id) => { switch (id) {${cases.join('\n')}} }`
}

/**
 * Turns each module into an ordinary function; esbuild writes an arrow function, which V8 has to parse
 * completely before it knows what it is, and then parses again.
 *
 * @param {string} text - a file that esbuild wrote
 * @returns {string} the same, line by line
 */
export function withoutArrows(text) {
  const file = ts.createSourceFile('bundle.js', text, ts.ScriptTarget.ES2022)
  const run = file.statements[0]?.expression?.arguments?.[0] // see HEAD; `start.cjs` has none
  const arrows = (run?.body ?? file).statements
    .flatMap((statement) => statement.declarationList?.declarations ?? [])
    .flatMap(({initializer}) => initializer?.arguments ?? [])
    .filter(ts.isArrowFunction)
  return arrows.toReversed().reduce((result, {pos, parameters, body}) => {
    const names = parameters.map(({name}) => name.text).join()
    return `${result.slice(0, pos)}function(${names})${result.slice(body.pos)}`
  }, text)
}
