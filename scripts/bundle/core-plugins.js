import {build} from 'esbuild'
import {existsSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {licensesOf} from './licenses.js'

/**
 * The folders of our own plugins that have commands, relative to `root`. Nothing is registered: it is
 * the file `src/commands.ts` that tells.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function corePluginsIn(root) {
  if (!existsSync(join(root, 'plugins'))) return []
  return readdirSync(join(root, 'plugins'))
    .map((name) => `plugins/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'src/commands.ts')))
    .sort()
}

/**
 * Makes the one file that a plugin of ours runs from. The kit and small libraries are inside, since
 * what is packed beside the CLI can depend on nothing (CONTRIBUTING.md, "What gets into the bundle");
 * oclif is the one of the CLI's own dependencies.
 *
 * @param {string} root - the folder of the CLI's package.json
 * @param {string} folder - of the plugin, relative to it
 * @returns {Promise<Map<string, string>>} the files of its `dist`, their texts by their names
 */
export async function bundlePlugin(root, folder) {
  const made = await build({
    absWorkingDir: root,
    entryPoints: [join(folder, 'src/commands.ts')],
    outdir: join(folder, 'dist'),
    outExtension: {'.js': '.cjs'},
    write: false,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    external: ['@oclif/core'],
    minifyWhitespace: true,
    lineLimit: 160,
    metafile: true,
    logLevel: 'silent',
  })
  if (made.warnings.length > 0) throw new Error(made.warnings.map(({text}) => text).join('\n'))
  return new Map([
    ...made.outputFiles.map(({text}) => ['commands.cjs', text]),
    ['licenses.txt', await licensesOf(root, [made.metafile])],
  ])
}
