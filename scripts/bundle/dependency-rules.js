import {builtinModules} from 'node:module'
import {sep} from 'node:path'

const INSIDE = [
  '@mogplex/plugin-kit',
  '@mogplex/redaction',
  '@oclif/core',
  'eventsource-parser',
  'fast-string-truncated-width',
  'fast-wrap-ansi',
  'got', // in a separate file
  'jsonc-parser',
]
// oclif loads the first for linked plugins written in TypeScript, and works without it; the second
// it never loads.
const OUTSIDE = ['typescript', 'semver']

/**
 * Decides which packages are in the bundle: those in INSIDE, and those that oclif needs. All others
 * of package.json stay outside, and `src` imports them dynamically: a static import would load them
 * at start-up, and as CommonJS, which not all are.
 *
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
export function dependencyRules(root) {
  const source = `${root.endsWith(sep) ? root : root + sep}src${sep}`
  return {
    name: 'dependency-rules',
    setup({onResolve}) {
      onResolve({filter: /^[^./]/}, ({path, importer}) => {
        if (OUTSIDE.includes(nameOf(path))) return {external: true}
        if (!importer.startsWith(source) || isInside(path)) return undefined
        const text = `Import ${path} where it is needed: await import('${path}').`
        return {errors: [{text}]}
      })
    },
  }
}

/**
 * Whether a package that `import(path)` loads stays outside the bundle.
 *
 * @throws {Error} where package.json does not list it
 */
export function isOutside(path, {dependencies}) {
  if (isInside(path)) return false
  if (nameOf(path) in dependencies) return true
  throw new Error(`${nameOf(path)} is not in dependencies of package.json.`)
}

function isInside(path) {
  return path.startsWith('node:') || builtinModules.includes(path) || INSIDE.includes(nameOf(path))
}

function nameOf(path) {
  return /^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path
}
