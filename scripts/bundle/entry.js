import {readdir} from 'node:fs/promises'
import {join} from 'node:path'

const OURS = ['launch', 'help', 'commands']

/**
 * The exports of `mogplex.cjs`: each member is a getter, so that a file of `src` runs on first use.
 * A hook has the name of its file, which is its `identifier` in `oclif.hooks` of package.json.
 *
 * @param {string} root
 * @returns {Promise<string>} the text of a module
 */
export async function entryOf(root) {
  const hooks = await sourcesIn(root, 'src/host/hooks')
  const taken = hooks.find(({name}) => OURS.includes(name))
  if (taken) throw new Error(`${taken.file}: a hook needs another name than ${OURS.join(', ')}.`)
  const commands = (await sourcesIn(root, 'src/commands')).map(({name, file}) =>
    getter(name.replace(/\/index$/, '').replaceAll('/', ':'), file, 'default'),
  )
  return `module.exports = {
    ${getter('launch', './src/host/launcher.ts', 'launch')}
    ${getter('help', './src/host/help.ts', 'default')}
    ${hooks.map(({name, file}) => getter(name, file, 'default')).join('\n')}
    commands: {${commands.join('\n')}},
  }`
}

async function sourcesIn(root, folder) {
  const files = await readdir(join(root, folder), {recursive: true})
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replaceAll('\\', '/').replace(/\.ts$/, ''))
    .sort()
    .map((name) => ({name, file: `./${folder}/${name}.ts`}))
}

function getter(name, file, member) {
  return `get ${JSON.stringify(name)}() { return require(${JSON.stringify(file)}).${member} },`
}
