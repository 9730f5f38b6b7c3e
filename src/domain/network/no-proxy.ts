import {isInRange} from './ip-range.js'

const DEFAULT_PORTS: Readonly<Record<string, string>> = {'http:': '80', 'https:': '443'}

/** An IP address: nothing is below it. */
const NUMERIC = /^[\d.]+$|:/

interface Target {
  readonly host: string
  readonly port: string
}

/**
 * Whether `NO_PROXY` names an address: hosts separated by commas or blanks, each with everything
 * below it, with or without a dot or `*.` before it, and perhaps with a port; `*` is every host.
 * Ranges such as 10.0.0.0/8 name addresses; no host name is looked up for them.
 */
export function isExempt({protocol, hostname, port}: URL, noProxy: string): boolean {
  const target: Target = {host: plain(hostname), port: port || (DEFAULT_PORTS[protocol] ?? '')}
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => matches(target, entry))
}

function matches({host, port}: Target, entry: string): boolean {
  if (isInRange(host, entry)) return true
  const [, named = entry, onlyPort = port] = /^([^:]*|\[[^\]]*\]):(\d+)$/.exec(entry) ?? []
  if (Number(onlyPort) !== Number(port)) return false
  const suffix = plain(named).replace(/^\*?\./, '')
  const isBelow = !NUMERIC.test(host) && suffix !== '' && host.endsWith(`.${suffix}`)
  return suffix === '*' || suffix === host || isBelow
}

/** In lower case, without the brackets of IPv6 and without the dot at the end of a whole name. */
function plain(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
}
