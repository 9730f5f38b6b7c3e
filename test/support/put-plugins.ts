import {mkdir, symlink, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {projectRoot} from './cli-environment.js'
import type {SignInStage} from './sign-in-stage.js'

/**
 * The files of a plugin, by their paths; `package.json` as an object, to which name and version are
 * added.
 */
export interface PluginFiles {
  readonly 'package.json'?: object | string
  readonly [path: string]: object | string | undefined
}

/**
 * Installs plugins like `mogplex plugins link`, without running it.
 *
 * @param modules - whether they can import the packages of this project
 */
export async function putPlugins(
  stage: Pick<SignInStage, 'home'>,
  plugins: Readonly<Record<string, PluginFiles>>,
  {modules = false} = {},
): Promise<void> {
  for (const [name, files] of Object.entries(plugins)) {
    const folder = pluginFolder(stage, name)
    const own = files['package.json'] ?? {}
    const pjson = typeof own === 'string' ? own : {name, version: '1.0.0', ...own}
    for (const [path, text = ''] of Object.entries({...files, 'package.json': pjson})) {
      await mkdir(dirname(join(folder, path)), {recursive: true})
      await writeFile(join(folder, path), typeof text === 'string' ? text : JSON.stringify(text))
    }
    if (modules) await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'))
  }
  const list = Object.keys(plugins).map((name) => ({
    name,
    type: 'link',
    root: pluginFolder(stage, name),
  }))
  await putPluginList(stage, JSON.stringify({private: true, oclif: {schema: 1, plugins: list}}))
}

export function pluginFolder({home}: Pick<SignInStage, 'home'>, name: string): string {
  return join(home, 'plugins', name)
}

/** Writes the plugin list of `mogplex plugins`. */
export async function putPluginList({home}: {home: string}, text: string): Promise<void> {
  const data = join(home, '.local', 'share', 'mogplex')
  await mkdir(data, {recursive: true})
  await writeFile(join(data, 'package.json'), text)
}
