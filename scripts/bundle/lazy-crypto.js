import * as crypto from 'node:crypto'

/**
 * Lets `src` import functions of node:crypto at the top of a file: it is loaded when one is called,
 * and that takes as long as a tenth of a process.
 *
 * @returns {import('esbuild').Plugin}
 */
export function lazyCrypto() {
  const names = Object.keys(crypto).filter((name) => name !== 'default')
  const functions = names.filter((name) => /^[a-z]/.test(name) && isFunction(crypto[name]))
  const others = names.filter((name) => !functions.includes(name))
  return {
    name: 'lazy-crypto',
    setup({onResolve, onLoad}) {
      onResolve({filter: /^node:crypto$/}, ({importer}) =>
        /[\\/]src[\\/].*\.ts$/.test(importer) ? {path: 'crypto', namespace: 'lazy'} : undefined,
      )
      onResolve({filter: /./, namespace: 'lazy'}, ({path}) => ({
        ...{path, external: true, sideEffects: false},
      }))
      onLoad({filter: /./, namespace: 'lazy'}, () => ({
        contents: `${functions.map(lazyFunction).join('\n')}
        export {${others.join(', ')}} from 'node:crypto'`,
      }))
    },
  }
}

function lazyFunction(name) {
  return `export const ${name} = (...args) => require('node:crypto').${name}(...args)`
}

function isFunction(value) {
  return typeof value === 'function'
}
