import {withLazyRequires} from './lazy-requires.js'

// In a script with a code cache, `import()` fails on Node 20: it is passed in.
const IMPORT = /(?<![\w.$])import\((?!['"])/g

/** Each says why it exists, and what oclif would have to do to make it unnecessary. */
export const PATCHES = [
  {
    why: "Creating ICU's collator takes longer than all of `whoami`.",
    until: 'oclif sorts the ids of commands by their code units.',
    file: 'config/plugin.js',
    from: 'a.id.localeCompare(b.id)',
    to: '(a.id < b.id ? -1 : 1)',
  },
  {
    why: 'To detect WSL, it loads the code that starts PowerShell there, and child_process.',
    until: 'oclif detects WSL with is-wsl, or only when the shell or the platform is read.',
    file: 'util/os.js',
    from: "(await import('wsl-utils')).isWsl",
    to: "/microsoft/i.test((0, node_os_1.release)()) && (await import('is-wsl')).default",
  },
  {
    why: 'For four short files, promises take longer than the reading.',
    until: 'oclif reads package.json and the manifest synchronously.',
    file: 'util/fs.js',
    from: "await (0, promises_1.readFile)(path, 'utf8')",
    to: "(0, node_fs_1.readFileSync)(path, 'utf8')",
  },
  {
    why: 'A custom Config is loaded again for `run`, and once more for the command.',
    until: "oclif's Config.load returns an instance of its own class unchanged.",
    file: 'config/config.js',
    from: 'if (isConfig(opts)) {',
    to: 'if (opts instanceof Config) return opts; if (isConfig(opts)) {',
  },
  {
    why: 'The package debug loads the modules for terminals, and prints nothing without DEBUG.',
    until: "oclif's logger loads debug only where DEBUG is set.",
    file: 'logger.js',
    from: 'const debug = (0, debug_1.default)(namespace);',
    to: 'const debug = process.env.DEBUG ? (0, debug_1.default)(namespace) : () => {};',
  },
  {
    why: 'It loads semver to check whether Node is new enough for oclif; we require a newer one.',
    until:
      "oclif leaves the check of Node's version to `engines`, or makes it one that can be left out.",
    file: 'index.js',
    from: 'checkNodeVersion();',
    to: '',
  },
  {
    why: 'In a checkout, NODE_ENV=test would make it compile src, of which there is no copy in dist.',
    until: 'oclif has a package.json setting that disables compiling.',
    file: 'config/ts-path.js',
    from: 'const enableAutoTranspile =',
    to: 'if (root === rootPlugin?.root) return orig; const enableAutoTranspile =',
  },
  {
    why: 'For a linked ES module it warns at each start that compiled code is used, which is intended.',
    until: 'oclif prints it with DEBUG only.',
    file: 'config/ts-path.js',
    from: 'if (cannotTranspileEsm(rootPlugin, plugin, isProduction)) {',
    to: 'if (cannotTranspileEsm(rootPlugin, plugin, isProduction)) { return orig;',
  },
  {
    why: 'To find the type of a module, Node and oclif read package.json files above it, for each hook.',
    until: 'oclif checks `require.cache` first.',
    file: 'module-loader.js',
    from: '({ filePath, isESM } = await resolvePath(config, modulePath));\n        return',
    to: 'if (modulePath in require.cache) return require.cache[modulePath].exports;\n        ({ filePath, isESM } = await resolvePath(config, modulePath));\n        return',
  },
  {
    why: 'For one line, it creates a spinner and the console.',
    until: 'oclif creates `ux.action` on first use.',
    file: 'main.js',
    from: 'ux_1.ux.stdout(config.userAgent);',
    to: 'process.stdout.write(`${config.userAgent}\\n`);',
  },
]

/**
 * Replaces text of oclif; the build fails where it no longer exists, or exists twice.
 *
 * @param {string} text
 * @param {string} path - of one of its modules
 * @param {Set<object>} done - gets the applied patches
 * @returns {string}
 */
export function patchedOclif(text, path, done) {
  const file = path.replaceAll('\\', '/')
  let result = text.replaceAll(IMPORT, '__import(')
  for (const patch of PATCHES.filter((each) => file.endsWith(`/lib/${each.file}`))) {
    const parts = result.split(patch.from)
    if (parts.length === 2) done.add(patch)
    result = parts.join(patch.to)
  }
  return withLazyRequires(result)
}

/** @throws {Error} where one was not applied */
export function assertPatched(done) {
  const missed = PATCHES.filter((patch) => !done.has(patch))
  if (missed.length === 0) return
  throw new Error(missed.map(({file, from}) => `oclif's ${file} has no "${from}".`).join('\n'))
}
