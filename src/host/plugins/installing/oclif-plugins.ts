import type {Interfaces} from '@oclif/core'
import {join} from 'node:path'
import {loadExport} from '../plugin-module.js'
import {type NpmOutput, runNpm} from './npm.js'

/** The members that we use of @oclif/plugin-plugins' class for its list, and of its npm. */
export interface OclifPlugins {
  readonly npm: {
    exec(args: string[], options: {cwd: string}): Promise<unknown>
    install(args: string[], options: {cwd: string; prod: boolean}): Promise<unknown>
    uninstall(args: string[], options: {cwd: string}): Promise<unknown>
    findNpm(): Promise<string>
  }
  add(...plugins: object[]): Promise<void>
  isValidPlugin(plugin: object): boolean
  link(path: string, options: {install: boolean}): Promise<unknown>
  pjson(): Promise<{dependencies: Record<string, string>}>
  remove(name: string): Promise<void>
  uninstall(name: string): Promise<void>
  update(): Promise<void>
}

const PACKAGE = '@oclif/plugin-plugins'

/**
 * The user's plugins as oclif keeps them, with npm started by us.
 *
 * @param what - the action, as in "npm could not …"
 */
export async function openOclifPlugins(
  config: Interfaces.Config,
  {outputLevel, say}: NpmOutput,
  what: string,
): Promise<OclifPlugins> {
  const root = config.plugins.get(PACKAGE)?.root ?? ''
  const Plugins = (await loadExport(join(root, 'lib/plugins.js'), 'default')) as new (options: {
    config: Interfaces.Config
  }) => OclifPlugins
  const plugins = new Plugins({config})
  plugins.isValidPlugin = () => true // see isPluginFolder, which does not require oclif settings
  const program = await plugins.npm.findNpm()
  const {npmRegistry} = config
  const registry = npmRegistry === undefined ? [] : [`--registry=${npmRegistry}`]
  plugins.npm.exec = async (args, {cwd}) => {
    const run = {program, args: [...args, ...registry], cwd, env: process.env, what}
    await runNpm({...run, outputLevel, say})
    return {stdout: [], stderr: []}
  }
  return plugins
}
