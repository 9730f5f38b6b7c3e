import {isInRange} from './ip-range.js'

const DEFAULT_PORTS: Readonly<Record<string, string>> = {'http:': '80', 'https:': '443'}

/** An IP address, which has no subdomains. */
const NUMERIC = /^[\d.]+$|:/

interface Target {
  readonly host: string
  readonly port: string
}

/**
 * Whether `NO_PROXY` matches an address: hosts separated by commas or blanks, each including its
 * subdomains, with or without a dot or `*.` before it, and optionally with a port; `*` is every
 * host. Ranges such as 10.0.0.0/8 match addresses only; host names are not resolved for them.
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

/** In lower case, without the brackets of IPv6 and without the final dot of a full name. */
function plain(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
}
