// The report may be pasted into a public issue unread. Secrets are removed before this step; this
// one removes what identifies its reader and their machine: known values, wherever in a text they
// occur, and anything in the form of an address or a mailbox.
import {isLoopback, parseUrl} from '../network/addresses.js'
import {PROVIDERS} from '../credential/provider-table.js'
import {DEFAULT_BASE_URL} from '../settings/settings.js'

/** What is known about the reader. */
export interface Reader {
  /** Folders, each with its replacement, such as `~`: the first match applies. */
  readonly folders: readonly (readonly [path: string, told: string])[]
  readonly users: readonly string[]
  /** Names of this machine. */
  readonly hosts: readonly string[]
  /** Addresses that only the reader uses: of servers and proxies. */
  readonly addresses: readonly string[]
}

/**
 * A user or host name that is one of our own words, or that is very common, identifies nobody.
 */
const ORDINARY = new Set(
  `account admin api app auth browser build builder cache certificate chmod chown circleci cli clock
  cloud codespace codex connection daemon default deploy dev docker doctor file files find fine folder
  git gitpod guest home host inspect install jenkins key kill link local localhost lock login logout
  lsof metadata models mogplex name names network nobody node openai other plugins port ports process
  program proxy rank refresh root runner server system test ubuntu uninstall unknown unset user
  variables vagrant verify vm vscode whoami work wrong`.split(/\s+/),
)
const PUBLIC = new Set(
  [DEFAULT_BASE_URL, ...PROVIDERS.flatMap(({baseUrl, keysAt}) => [baseUrl, keysAt])].flatMap(
    (address) => parseUrl(address)?.hostname ?? [],
  ),
)
const ADDRESS = /\bhttps?:\/\/[^\s'"`)>]+/gi
const MAILBOX = /([^\s@<>()'"]{1,64})@([\w.-]+\.[a-z]{2,})/gi
const IP = /\b(\d{1,3})(?:\.\d{1,3}){3}\b/g
/** A user's home folder, of any user. */
const USER_FOLDER = /((?:^|[\s'"(=:])(?:[A-Z]:)?[\\/](?:home|Users)[\\/])[^\\/\s'"]+/g

/** Returns a function that removes what identifies the reader from a text. */
export function shortener({folders, users, hosts, addresses}: Reader): (text: string) => string {
  const known = folders
    .map(([path, told]) => [path.replace(/[\\/]+$/, ''), told] as const)
    .filter(([path]) => path !== '')
  const servers = longestFirst(addresses.flatMap((address) => hostIn(address) ?? []))
  const names = longestFirst([...users, ...hosts, ...hosts.map((host) => host.split('.')[0] ?? '')])
  return (text) => {
    let short = text
    for (const [path, told] of known) {
      short = short.replaceAll(`'${path}/`, `${told}/'`).replaceAll(folderPattern(path), told)
    }
    short = short
      .replaceAll(ADDRESS, shortAddress)
      .replaceAll(MAILBOX, (_, name: string, host: string) => `${cut(name)}@${shortHost(host)}`)
    for (const server of servers) short = short.replaceAll(wordPattern(server), shortHost(server))
    short = short
      .replaceAll(IP, (address, first: string) => (first === '127' ? address : `${first}.…`))
      .replaceAll(USER_FOLDER, '$1…')
    for (const name of names) {
      const isTelling = name.length > 2 && !ORDINARY.has(name.toLowerCase())
      short = short.replaceAll(isTelling ? wordPattern(name) : partPattern(name), '…')
    }
    return short
  }
}

/** `in….com`: enough to be recognised by the person who set it. */
function shortHost(host: string): string {
  if (PUBLIC.has(host) || isLoopback({hostname: host}) || !/[.:]/.test(host)) return host
  if (/^[\d.]+$/.test(host)) return host.startsWith('127.') ? host : `${host.split('.')[0] ?? ''}.…`
  return `${cut(host)}${host.slice(host.lastIndexOf('.'))}`
}

/** The path of an address that only the reader uses is removed with its host. */
function shortAddress(text: string): string {
  const [end = ''] = /[.,;:!?]*$/.exec(text) ?? []
  return `${withoutPath(text.slice(0, text.length - end.length))}${end}`
}

function withoutPath(address: string): string {
  const url = parseUrl(address)
  if (url === undefined || PUBLIC.has(url.hostname)) return address
  if (isLoopback(url)) return `${url.origin}${url.pathname === '/' ? '' : url.pathname}`
  return `${url.protocol}//${shortHost(url.hostname)}`
}

function hostIn(address: string): string | undefined {
  const host = parseUrl(
    /^[a-z][\w+.-]*:\/\//i.test(address) ? address : `http://${address}`,
  )?.hostname
  return host === undefined || host === '' || PUBLIC.has(host) || isLoopback({hostname: host})
    ? undefined
    : host
}

function cut(name: string): string {
  return `${name.slice(0, name.length > 4 ? 2 : 1)}…`
}

function longestFirst(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== '').sort((a, b) => b.length - a.length)
}

function folderPattern(folder: string): RegExp {
  return new RegExp(`${escaped(folder)}(?=$|[\\\\/\\s'"\`:,;.)])`, 'g')
}

function wordPattern(word: string): RegExp {
  return new RegExp(`(?<![\\w.-])${escaped(word)}(?![\\w-])`, 'gi')
}

/** As part of a path. */
function partPattern(name: string): RegExp {
  return new RegExp(`(?<=[\\\\/])${escaped(name)}(?=[\\\\/])`, 'g')
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
