import {readFile} from 'node:fs/promises'
import {withLazyRequires} from './lazy-requires.js'

const PATCHES = [
  {
    why: "Making ICU's collator takes longer than all of `whoami`.",
    file: 'config/plugin.js',
    from: 'a.id.localeCompare(b.id)',
    to: '(a.id < b.id ? -1 : 1)',
  },
  {
    why: 'To know whether this is WSL, it loads what starts PowerShell there, and child processes.',
    file: 'util/os.js',
    from: "(await import('wsl-utils')).isWsl",
    to: "(await import('is-wsl')).default",
  },
  {
    why: 'To read four short files, promises take longer than the reading.',
    file: 'util/fs.js',
    from: "await (0, promises_1.readFile)(path, 'utf8')",
    to: "(0, node_fs_1.readFileSync)(path, 'utf8')",
  },
  {
    why: 'A Config of its own is loaded anew for `run`, and once more for the command.',
    file: 'config/config.js',
    from: 'if (isConfig(opts)) {',
    to: 'if (opts instanceof Config) return opts; if (isConfig(opts)) {',
  },
  {
    why: 'The package debug loads the modules for terminals, and has nothing to say without DEBUG.',
    file: 'logger.js',
    from: 'const debug = (0, debug_1.default)(namespace);',
    to: 'const debug = process.env.DEBUG ? (0, debug_1.default)(namespace) : () => {};',
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
  {
    why: 'Of a linked plugin without TypeScript it says that it cannot be compiled.',
    file: 'config/ts-path.js',
    from: 'if (cannotTranspileEsm(rootPlugin, plugin, isProduction)) {',
    to: "if (!(0, fs_1.existsSync)((0, node_path_1.join)(root, 'tsconfig.json'))) return orig; if (cannotTranspileEsm(rootPlugin, plugin, isProduction)) {",
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
        return {contents: withLazyRequires(contents)}
      })
      onEnd(({errors}) => {
        if (errors.length > 0) return {} // maybe oclif was not even loaded
        const missed = PATCHES.filter((patch) => !done.has(patch))
        return {errors: missed.map(({file, from}) => ({text: `oclif's ${file} has no "${from}".`}))}
      })
    },
  }
}
