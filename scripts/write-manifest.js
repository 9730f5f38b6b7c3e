import {Plugin, settings} from '@oclif/core'
import {existsSync} from 'node:fs'
import {readFile, writeFile} from 'node:fs/promises'
import {join, relative, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {corePluginsIn, fileOfPlugin} from './bundle/core-plugins.js'

/**
 * Creates the oclif manifest of the plugin in a folder from its built commands.
 *
 * @param {string} root - the folder of the CLI's package.json
 * @param {string} [folder] - of one of our plugins, relative to it; the CLI itself when absent
 * @returns {Promise<string>} the text of `oclif.manifest.json`
 */
export async function makeManifest(root, folder = '.') {
  settings.enableAutoTranspile = false // use the built commands, whatever NODE_ENV says
  const pjson = await readJson(join(root, folder, 'package.json'))
  if (folder !== '.') {
    const built = join(root, 'dist', `${fileOfPlugin(folder)}.cjs`)
    pjson.oclif.commands.target = relative(join(root, folder), built)
  }
  const plugin = new Plugin({
    type: 'core',
    isRoot: true,
    root: resolve(root, folder),
    pjson,
    ignoreManifest: true,
    // otherwise a command that fails to load is left out with only a warning
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  })
  await plugin.load()
  return `${asLines(JSON.parse(JSON.stringify(plugin.manifest, sortKeys)))}\n`
}

/** The commands that `asksForItself` of src/host/argv.ts names: a test compares the two. */
const QUICK = ['app', 'attach', 'logout', 'models', 'whoami']

/** Members of package.json that only npm uses. */
const FOR_NPM =
  'bundleDependencies dependencies devDependencies engines exports files keywords scripts types workspaces'
/**
 * Members of a command that its class has when it runs, and its manifest when it is shown; oclif
 * needs the args.
 */
const UNKNOWN = {description: undefined, examples: undefined}

/**
 * The data that `host/plugins/core-plugins.ts` has about the CLI and its plugins without reading
 * their files: of all commands, those that have to be quick.
 *
 * @returns {Promise<string>} the text of `dist/plugins.json`
 */
export async function makeFacts(root) {
  const {oclif} = await readJson(join(root, 'package.json'))
  const files = new Map()
  for (const folder of corePluginsIn(root)) {
    const plugin = await readJson(join(root, folder, 'package.json'))
    files.set(plugin.name, `${fileOfPlugin(folder)}.cjs`)
  }
  const folders = oclif.plugins.map((plugin) => join(root, 'node_modules', plugin))
  const facts = await Promise.all(
    [root, ...folders].map(async (folder) => {
      const pjson = await readJson(join(folder, 'package.json'))
      for (const name of FOR_NPM.split(' ')) delete pjson[name]
      const path = join(folder, 'oclif.manifest.json')
      const {version, commands} = existsSync(path)
        ? await readJson(path)
        : {version: pjson.version, commands: {}}
      const quick = Object.entries(commands)
        .filter(([id]) => QUICK.includes(id))
        .map(([id, command]) => [id, {...command, ...UNKNOWN, flags: flagFacts(command.flags)}])
      const manifest = {version, commands: Object.fromEntries(quick)}
      return {pjson, manifest, file: files.get(pjson.name)}
    }),
  )
  return ascii(facts)
}

/** Lets `host/profile-flag.ts` find `--profile` after a command, before its class is loaded. */
function flagFacts(flags) {
  const kept = Object.entries(flags).map(([name, {type, char, helpGroup, helpValue}]) => [
    name,
    {type, char, ...(name === 'profile' && {helpGroup, helpValue})},
  ])
  return Object.fromEntries(kept)
}

/** Node reads ASCII faster. */
function ascii(value) {
  return JSON.stringify(value).replaceAll(
    /[^\0-\x7F]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

async function readJson(path) {
  return JSON.parse(await readFile(path, 'utf8'))
}

/**
 * JSON with a line for each command, each of its members and each flag: diffs are readable, and the
 * package contains no indentation.
 */
function asLines(value, levels = 4) {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isObject || levels === 0 || Object.keys(value).length === 0) return JSON.stringify(value)
  const lines = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${asLines(member, levels - 1)}`,
  )
  return `{\n${lines.join(',\n')}\n}`
}

/** Sorts everything except args: their order is the order on the command line. */
function sortKeys(key, value) {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isObject || key === 'args') return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = resolve(fileURLToPath(new URL('..', import.meta.url)))
  for (const folder of ['.', ...corePluginsIn(root)]) {
    await writeFile(join(root, folder, 'oclif.manifest.json'), await makeManifest(root, folder))
  }
  await writeFile(join(root, 'dist', 'plugins.json'), await makeFacts(root))
}
