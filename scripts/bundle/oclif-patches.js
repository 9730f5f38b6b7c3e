import {readFile} from 'node:fs/promises'

const PATCHES = [
  {
    why: "Making ICU's collator takes longer than all of `whoami`.",
    file: 'config/plugin.js',
    from: 'a.id.localeCompare(b.id)',
    to: '(a.id < b.id ? -1 : 1)',
  },
  {
    why: 'It loads semver to see whether Node is new enough for oclif; for us it has to be newer.',
    file: 'index.js',
    from: 'checkNodeVersion();',
    to: '',
  },
  {
    why: 'In a checkout, NODE_ENV=test would have it compile src, of which there is no copy in dist.',
    file: 'config/ts-path.js',
    from: 'const enableAutoTranspile =',
    to: 'if (root === rootPlugin?.root) return orig; const enableAutoTranspile =',
  },
]

/**
 * Replaces text of oclif; the build fails where it is not there any more, or there twice.
 *
 * @returns {import('esbuild').Plugin}
 */
export function patchedOclif() {
  return {
    name: 'patched-oclif',
    setup({onLoad, onEnd}) {
      const done = new Set()
      onLoad({filter: /@oclif[\\/]core[\\/]lib[\\/].*\.js$/}, async ({path}) => {
        const file = path.replaceAll('\\', '/')
        let contents = await readFile(path, 'utf8')
        for (const patch of PATCHES.filter((each) => file.endsWith(`/lib/${each.file}`))) {
          const parts = contents.split(patch.from)
          if (parts.length === 2) done.add(patch)
          contents = parts.join(patch.to)
        }
        return {contents}
      })
      onEnd(() => {
        const missed = PATCHES.filter((patch) => !done.has(patch))
        return {errors: missed.map(({file, from}) => ({text: `oclif's ${file} has no "${from}".`}))}
      })
    },
  }
}
