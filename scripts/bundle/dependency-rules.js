import {builtinModules} from 'node:module'
import {sep} from 'node:path'

const INSIDE = [
  '@mogplex/plugin-kit',
  '@mogplex/redaction',
  '@oclif/core',
  'eventsource-parser',
  'fast-string-truncated-width',
  'fast-wrap-ansi',
  'got', // in a file of its own
  'jsonc-parser',
]
// oclif asks for the one where a linked plugin is written in TypeScript, and does without; for the
// other never.
const OUTSIDE = ['typescript', 'semver']

/**
 * Which packages are in the bundle: those in INSIDE, and what oclif needs. All others of
 * package.json stay outside, and `src` imports them where it needs them: a static import would
 * load them at the start, and as CommonJS, which not all are.
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
 * Whether what `import(path)` loads is left beside the bundle.
 *
 * @throws {Error} where package.json does not have it
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
