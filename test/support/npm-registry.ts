import {execFile} from 'node:child_process'
import {createHash} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {promisify} from 'node:util'
import {npm} from './npm.js'
import {startStubServer} from './stub-server.js'

const run = promisify(execFile)

interface Published {
  readonly manifest: {readonly name: string; readonly version: string}
  readonly tarball: Buffer
}

export interface NpmRegistry {
  readonly url: string
  /** The environment for npm: its user's settings and cache, and this registry. */
  readonly env: Readonly<Record<string, string>>
  /** Serves a package from now on. */
  publish: (tarball: string) => Promise<void>
}

/**
 * A small npm registry on 127.0.0.1. It serves the packages that are published to it, and redirects
 * npm to its configured registry for all others.
 */
export async function startNpmRegistry(): Promise<NpmRegistry> {
  const packages = new Map<string, Published>()
  const [upstream, userconfig, cache] = await Promise.all(
    ['registry', 'userconfig', 'cache'].map((key) => npm(['config', 'get', key], process.cwd())),
  )
  const {url} = await startStubServer((response, {path}) => {
    const name = decodeURIComponent(path.slice(1)).replace(/\/-\/.*/, '')
    const found = packages.get(name)
    if (found === undefined) {
      response.writeHead(302, {location: new URL(path.slice(1), upstream).href}).end()
    } else if (path.includes('/-/')) {
      response.writeHead(200, {'content-type': 'application/octet-stream'}).end(found.tarball)
    } else {
      response.writeHead(200, {'content-type': 'application/json'})
      response.end(JSON.stringify(packument(found, url)))
    }
  })
  return {
    url,
    env: {
      ...(userconfig !== undefined && {npm_config_userconfig: userconfig}),
      ...(cache !== undefined && {npm_config_cache: cache}),
      npm_config_ignore_scripts: 'false',
      npm_config_prefer_offline: 'true',
      npm_config_update_notifier: 'false',
      MOGPLEX_NPM_REGISTRY: url,
    },
    async publish(tarball) {
      const {stdout} = await run('tar', ['-xzOf', tarball, 'package/package.json'])
      const manifest = JSON.parse(stdout) as Published['manifest']
      packages.set(manifest.name, {manifest, tarball: await readFile(tarball)})
    },
  }
}

function packument({manifest, tarball}: Published, url: string): object {
  const {name, version} = manifest
  const dist = {
    tarball: `${url}/${name}/-/${version}.tgz`,
    integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
  }
  return {name, 'dist-tags': {latest: version}, versions: {[version]: {...manifest, dist}}}
}
