import {cp} from 'node:fs/promises'
import {join} from 'node:path'
import {projectRoot} from './cli-environment.js'
import {npm, npmPack} from './npm.js'
import {type NpmRegistry, startNpmRegistry} from './npm-registry.js'
import {packedCli} from './packed-cli.js'
import {temporaryHome} from './temporary-home.js'

interface ExampleRegistry {
  readonly registry: NpmRegistry
  /** The folder that contains the example. */
  readonly example: string
}

let opened: Promise<ExampleRegistry> | undefined

/**
 * A registry with the plugin kit and the example plugin that is built with it, for all tests of a
 * run. Call it in a `before`.
 */
export async function exampleRegistry(): Promise<ExampleRegistry> {
  return (opened ??= publish())
}

async function publish(): Promise<ExampleRegistry> {
  await packedCli() // builds the kit
  const [registry, folder] = await Promise.all([startNpmRegistry(), temporaryHome()])
  await registry.publish(await npmPack(join(projectRoot, 'packages', 'plugin-kit'), folder))
  const example = join(folder, 'plugin-usage')
  await cp(join(projectRoot, 'examples', 'plugin-usage'), example, {
    recursive: true,
    filter: (path) => !path.endsWith('node_modules'),
  })
  const online = [`--registry=${registry.url}`, '--prefer-offline', '--no-audit', '--no-fund']
  await npm(['install', ...online], example)
  await registry.publish(await npmPack(example, folder))
  return {registry, example}
}
