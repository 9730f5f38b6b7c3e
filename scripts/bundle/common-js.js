import {readFile} from 'node:fs/promises'
import ts from 'typescript'
import {withLazyRequires} from './lazy-requires.js'

const BUSY = /[\\/]packages[\\/]redaction[\\/]/
const ES_MODULE = 'Object.defineProperty(exports, "__esModule", { value: true });'
// TypeScript's output for import().
const COMPUTED = /Promise\.resolve\(`\$\{(.*?)\}`\)\.then\(s => require\(s\)\)/g
const LATE = /Promise\.resolve\(\)\.then\(\(\) => require\((['"])([^.][^'"]*)\1\)\)/g

/**
 * Converts our ES modules to CommonJS, file by file, so that an import runs when it is used: a
 * command uses few. esbuild itself would create one scope of them all, and Node their functions at
 * each start.
 *
 * @param {(text: string, path: string) => string} patched - receives the text of each file first
 * @param {(name: string, importer: string) => boolean} isOutside - whether a package is not in the
 *   bundle: its `import()` stays one, through the function `__import` that scripts/bundle.js passes
 *   in
 * @returns {import('esbuild').Plugin}
 */
export function commonJs(patched, isOutside) {
  return {
    name: 'common-js',
    setup({onLoad}) {
      // Only these members are used, and all others would be created at each start.
      onLoad({filter: /[\\/]package\.json$/, namespace: 'file'}, async ({path}) => {
        const {name, version} = JSON.parse(await readFile(path, 'utf8'))
        return {contents: JSON.stringify({name, version}), loader: 'json'}
      })
      onLoad({filter: /\.[cm]?[jt]s$/, namespace: 'file'}, async ({path}) => {
        try {
          const text = patched(await readFile(path, 'utf8'), path)
          if (path.includes('node_modules')) return {contents: text}
          return {contents: withLazyRequires(transpiled(text, path, isOutside), BUSY.test(path))}
        } catch (error) {
          return {errors: [{text: error.message, location: {file: path}}]}
        }
      })
    },
  }
}

/** Cached by their input: tests build many bundles. */
const transpiledTexts = new Map()

function transpiled(text, path, isOutside) {
  const made = transpiledTexts.get(text) ?? withoutTypes(text, path)
  transpiledTexts.set(text, made)
  return made
    .replaceAll(COMPUTED, '__import($1)')
    .replaceAll(LATE, (late, _quote, name) =>
      isOutside(name, path) ? `__import("${name}")` : late,
    )
}

function withoutTypes(text, path) {
  const {outputText} = ts.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      removeComments: true,
      esModuleInterop: false,
      ignoreDeprecations: '6.0',
      inlineSourceMap: true,
    },
  })
  return outputText.replace(ES_MODULE, '') // slows down each start, and is not used
}
