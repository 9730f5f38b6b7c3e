import {readFileSync} from 'node:fs'
import type {Socket} from 'node:net'

// As the kernel writes them: 127.0.0.1 in an IPv4 socket, and mapped into IPv6.
const TABLES = [
  ['/proc/net/tcp', '0100007F'],
  ['/proc/net/tcp6', '0000000000000000FFFF00000100007F'],
] as const
const LOCAL = 1
const REMOTE = 2
const USER = 7

/**
 * Which user owns the other end of a connection on 127.0.0.1.
 *
 * @returns the user id; `undefined` where the system does not say
 */
export function peerUserOf({remotePort = 0, localPort = 0}: Socket): number | undefined {
  for (const [path, address] of TABLES) {
    const [theirs, ours] = [remotePort, localPort].map((port) => `${address}:${hex(port)}`)
    const row = rowsOf(path).find(
      (columns) => columns[LOCAL] === theirs && columns[REMOTE] === ours,
    )
    if (row?.[USER] !== undefined) return Number(row[USER])
  }
  return undefined
}

function rowsOf(path: string): string[][] {
  try {
    const lines = readFileSync(path, 'latin1').split('\n')
    return lines.map((line) => line.trim().split(/\s+/))
  } catch {
    return []
  }
}

function hex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0')
}
