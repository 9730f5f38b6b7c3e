// What oclif loads at its start, and has a use for only with user plugins or for help.
const SELDOM = [
  ...['ejs', 'lilconfig', 'minimatch', 'string-width', 'tinyglobby', 'widest-line', 'wrap-ansi'],
]

/** @returns {string} the text of a module that has them all, each loaded when it is asked for */
export function seldomEntry() {
  const getters = SELDOM.map((name) => `get '${name}'() { return require('${name}') },`)
  return `module.exports = {${getters.join('\n')}}`
}

/**
 * Puts stand-ins there, which load the real thing from `seldom.cjs` at its first use.
 *
 * @returns {import('esbuild').Plugin}
 */
export function withoutSeldom() {
  const ofOclif = /@oclif[\\/]core[\\/]lib[\\/]/
  return {
    name: 'without-seldom',
    setup({onResolve, onLoad}) {
      onResolve({filter: /./, namespace: 'seldom'}, ({path}) => ({path, external: true}))
      onResolve({filter: /^[a-z-]+$/}, ({path, importer}) =>
        SELDOM.includes(path) && ofOclif.test(importer) ? {path, namespace: 'seldom'} : undefined,
      )
      onLoad({filter: /./, namespace: 'seldom'}, ({path}) => ({
        contents: `const load = () => require('./seldom.cjs')['${path}']
        module.exports = new Proxy(function () {}, {
          get: (_, key) => (key === '__esModule' ? undefined : load()[key]),
          apply: (_, self, args) => load().apply(self, args),
        })`,
      }))
    },
  }
}
