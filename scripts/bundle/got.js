import {readFile} from 'node:fs/promises'

// got's code for its options `http2`, `dnsCache` and `cache`, which `src` does not use. Loading the
// first takes longer than a request: it creates a TLS context.
const UNUSED = ['cacheable-lookup', 'cacheable-request', 'http2-wrapper']
const NAMESPACE = 'got'

const FORMATTER = /new Intl\.ListFormat\(.*\)(?=;$)/gm

/** @returns {string} the text of a module that exports got */
export function gotEntry() {
  return "exports.default = require('got').default"
}

/**
 * Excludes got from a bundle, which loads it from `got.cjs` instead, at the first request.
 *
 * @returns {import('esbuild').Plugin}
 */
export function gotApart() {
  return {
    name: 'got-apart',
    setup({onResolve}) {
      onResolve({filter: /^got$/}, () => ({path: './got.cjs', external: true}))
    },
  }
}

/**
 * Builds got without the code for unused options: using one throws an error.
 *
 * @returns {import('esbuild').Plugin}
 */
export function withoutUnused() {
  return {
    name: 'without-unused',
    setup({onResolve, onLoad, onEnd}) {
      const done = new Set()
      onResolve({filter: /./}, ({path}) => {
        if (!UNUSED.includes(path)) return undefined
        done.add(path)
        return {path, namespace: NAMESPACE}
      })
      onLoad({filter: /./, namespace: NAMESPACE}, ({path}) => ({
        contents: `
          class Unused { constructor() { throw Unused.error() } }
          Unused.error = () => new Error('got was made without ${path}: see scripts/bundle/got.js.')
          Unused.CacheError = class extends Error {}
          for (const name of ['auto', 'globalAgent'])
            Object.defineProperty(Unused, name, {get() { throw Unused.error() }})
          module.exports = Unused`,
      }))
      onEnd(({errors}) => {
        const missed = errors.length > 0 ? [] : UNUSED.filter((name) => !done.has(name))
        return {errors: missed.map((name) => ({text: `got has no use for ${name}.`}))}
      })
    },
  }
}

/**
 * Makes got's option checks create their error formatters only for an error: creating them takes as
 * long as loading got.
 *
 * @returns {import('esbuild').Plugin}
 */
export function lazyFormatters() {
  return {
    name: 'lazy-formatters',
    setup({onLoad}) {
      onLoad({filter: /@sindresorhus[\\/]is[\\/]distribution[\\/]index\.js$/}, async ({path}) => {
        const text = await readFile(path, 'utf8')
        const contents = text.replace(
          FORMATTER,
          (made) => `{format: (list) => (${made}).format(list)}`,
        )
        return contents === text ? {errors: [{text: 'It has no formatters.'}]} : {contents}
      })
    },
  }
}
