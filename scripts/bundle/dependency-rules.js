import {builtinModules} from 'node:module'
import {sep} from 'node:path'

const INSIDE = [
  '@mogplex/plugin-kit',
  '@mogplex/redaction',
  '@oclif/core',
  'eventsource-parser',
  'fast-string-truncated-width',
  'fast-wrap-ansi',
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
 * @param {{dependencies: Record<string, string>}} pjson
 * @returns {import('esbuild').Plugin}
 */
export function dependencyRules(root, {dependencies}) {
  const source = `${root.endsWith(sep) ? root : root + sep}src${sep}`
  return {
    name: 'dependency-rules',
    setup({onResolve}) {
      onResolve({filter: /^[^./]/}, ({path, kind, importer}) => {
        const name = /^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path
        if (OUTSIDE.includes(name)) return {external: true}
        if (!importer.startsWith(source) || isBuiltin(path) || INSIDE.includes(name))
          return undefined
        if (!(name in dependencies)) return wrong(`${name} is not in dependencies of package.json.`)
        if (kind === 'dynamic-import') return {external: true}
        return wrong(`Import ${name} where it is needed: await import('${path}').`)
      })
    },
  }
}

function isBuiltin(path) {
  return path.startsWith('node:') || builtinModules.includes(path)
}

function wrong(text) {
  return {errors: [{text}]}
}
