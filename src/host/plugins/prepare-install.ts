import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {npmEnvironment} from '../../domain/settings/child-environment.js'

const MEANING =
  'Installing a plugin runs its code, and the install scripts of all that it brings along, with your rights: it can read what you can, your login included. Install what you trust.'

interface Process {
  readonly env: NodeJS.ProcessEnv
  readonly stderr: {write(text: string): unknown}
}

/**
 * Before `mogplex plugins` starts npm: removes the credentials from the environment, of which npm
 * gets a copy, and explains the risk, when it is the first plugin. Our own services have read the
 * environment by then.
 *
 * @param dataDir - oclif's folder for plugins
 */
export function prepareInstall(commandId: string, dataDir: string, process: Process): void {
  if (!/^plugins(?::|$)/.test(commandId)) return
  const {env, stderr} = process
  const harmless = npmEnvironment(env)
  for (const name of Object.keys(env)) if (!(name in harmless)) Reflect.deleteProperty(env, name)
  if (commandId !== 'plugins:install' || existsSync(join(dataDir, 'package.json'))) return
  stderr.write(`${MEANING}\n`)
}
