import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {Config} from '@oclif/core'
import {loadCorePlugins, readPackageJson} from './core-plugins.js'

/** Gets our own plugins handed over; those of the user it searches for, where there are any. */
class CliConfig extends Config {
  override async loadPluginsAndCommands(options?: {force: boolean}): Promise<void> {
    const force = options?.force ?? existsSync(join(this.dataDir, 'package.json'))
    await super.loadPluginsAndCommands({force})
  }
}

/** @param root - the folder of the CLI's package.json */
export async function loadConfig(root: string): Promise<Config> {
  const pjson = readPackageJson(root)
  const plugins = await loadCorePlugins(root, pjson)
  const config = new CliConfig({root, pjson, ...(plugins && {plugins})})
  await config.load()
  return config
}
