// What oclif has a use for only with DEBUG, with user plugins, for help, or to show progress. It can
// go when oclif loads them then, by `import()`: a bundle would leave them in chunks of their own.
const SELDOM = [
  ...['ansi-escapes', 'cli-spinners', 'debug', 'ejs', 'lilconfig', 'minimatch', 'string-width'],
  ...['tinyglobby', 'widest-line', 'wrap-ansi', 'wsl-utils'],
]

/** @returns {string} the text of a module that has them all, each loaded when it is asked for */
export function seldomEntry() {
  const getters = SELDOM.map((name) => `get '${name}'() { return require('${name}') },`)
  return `module.exports = {${getters.join('\n')}}`
}

/**
 * Leaves them out of a bundle, which loads them from `seldom.cjs` instead.
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
        contents: `module.exports = require('./seldom.cjs')['${path}']`,
      }))
    },
  }
}
