import {MogplexError} from '@mogplex/plugin-kit/errors'
import {clockFinding, type ServerTime} from '../../domain/doctor/clock.js'
import {fine, type Finding, troubleFinding, unknown} from '../../domain/doctor/finding.js'
import {metadataFlaw} from '../../domain/doctor/metadata.js'
import {UnreachableError} from '../../domain/errors/remote.js'
import {hostOf, isLoopback} from '../../domain/network/addresses.js'
import type {Http, HttpAnswer} from '../../domain/network/http.js'
import type {Proxy} from '../../domain/network/proxy.js'
import type {UnreadAuthorities} from '../../domain/network/tls-trouble.js'
import {unsetting} from '../../domain/platform/shell.js'
import {DEFAULT_BASE_URL, type Settings} from '../../domain/settings/settings.js'
import type {Probe} from './probe.js'

interface ServerPorts {
  /** `undefined` where they are invalid. */
  readonly settings: Settings | undefined
  readonly http: Http
  /** Finds the metadata of the issuer, with the HTTP client that it is given. */
  readonly discover: (http: Http, signal: AbortSignal) => Promise<unknown>
  /** The proxy for an address. @throws {UnreachableError} where the variable is invalid */
  readonly proxyFor: (url: URL) => Proxy | undefined
  readonly unreadAuthorities: () => UnreadAuthorities | undefined
  readonly now: () => Date
}

const IDS = ['connection', 'certificate', 'clock', 'metadata'] as const
const ANSWER_MS = 6000
const LIMIT_MS = 7000

/** The connection to the server, its identity, its clock, and its metadata. */
export class ServerProbe implements Probe {
  readonly id = 'connection'
  readonly limitMs = LIMIT_MS
  /** Why other requests to it are useless; nothing where they are not. */
  readonly trouble: Promise<string | undefined>
  readonly #ports: ServerPorts
  #settle: (trouble: string | undefined) => void = () => undefined

  constructor(ports: ServerPorts) {
    this.#ports = ports
    this.trouble = new Promise((resolve) => {
      this.#settle = resolve
    })
  }

  readonly look = async (signal: AbortSignal): Promise<Finding[]> => {
    const giveUp = (): void => this.#settle('the server does not answer in time')
    signal.addEventListener('abort', giveUp)
    try {
      const found = await this.#look(signal)
      const isReached = found.some(({id, state}) => id === 'connection' && state === 'fine')
      this.#settle(isReached ? undefined : 'the server cannot be reached')
      return found
    } finally {
      giveUp() // a settled promise stays unchanged
    }
  }

  async #look(signal: AbortSignal): Promise<Finding[]> {
    const {settings, http, discover, proxyFor, now} = this.#ports
    if (settings === undefined) {
      return IDS.map((id) => unknown(id, 'not checked while a variable cannot be used'))
    }
    const host = hostOf(settings.issuer)
    const issuer = new URL(settings.issuer)
    const bad = badProxy(issuer, proxyFor)
    const extra = [...bad, ...this.#unread()]
    if (bad.length > 0 && !isLoopback(issuer)) return [...extra, ...notLookedAt('connection')]
    const proxy = proxyFor(issuer)
    const answers: (HttpAnswer & ServerTime)[] = []
    const end = performance.now() + ANSWER_MS
    const noting: Http = async (request) => {
      // The limit for all requests together: a server that hangs is reported as such.
      const timeoutMs = Math.max(1, Math.round(end - performance.now()))
      const answer = await http({...request, timeoutMs})
      answers.push({...answer, at: now()})
      return answer
    }
    const trouble = await discover(noting, signal).then(
      () => undefined,
      (error: unknown) => error,
    )
    const way = proxy && `${proxy.variable} leads through ${proxy.address.host}`
    if (answers.length === 0) {
      return [...extra, ...lostFindings(trouble, way)]
    }
    const secure = settings.issuer.startsWith('https:')
    return [
      ...(way === undefined ? [] : [fine('proxy', way)]),
      fine('connection', `${host} answers`),
      ...extra,
      ...(extra.some(({id}) => id === 'certificate')
        ? []
        : [fine('certificate', secure ? 'trusted' : 'none is needed for this machine')]),
      clockFinding(answers),
      trouble === undefined
        ? fine('metadata', `${host} says how to sign in`)
        : (metadataFlaw(answers, settings.issuer) ?? metadataTrouble(trouble)),
    ]
  }

  /** Node continues without it, with a warning that is easily missed. */
  #unread(): Finding[] {
    const unread = this.#ports.unreadAuthorities()
    if (unread === undefined) return []
    const message = `NODE_EXTRA_CA_CERTS names ${unread.path}, which cannot be read: ${unread.why}`
    return [
      troubleFinding('certificate', {
        message,
        remedy: `Set it to a PEM file, or \`${unsetting('NODE_EXTRA_CA_CERTS')}\`.`,
      }),
    ]
  }
}

/** An invalid proxy variable. Other requests may need it, even where the issuer does not. */
function badProxy(issuer: URL, proxyFor: ServerPorts['proxyFor']): Finding[] {
  try {
    proxyFor(isLoopback(issuer) ? new URL(DEFAULT_BASE_URL) : issuer)
    return []
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
    return [troubleFinding('proxy', error)]
  }
}

function lostFindings(trouble: unknown, way: string | undefined): Finding[] {
  if (!(trouble instanceof MogplexError)) throw trouble
  const isTls = trouble instanceof UnreachableError && trouble.tls !== undefined
  const isProxys = way !== undefined && trouble.message.startsWith('The proxy ')
  const id = isTls ? 'certificate' : isProxys ? 'proxy' : 'connection'
  const passed = way === undefined || id === 'proxy' ? [] : [fine('proxy', way)]
  return [...passed, troubleFinding(id, trouble), ...notLookedAt(id)]
}

/** Offline, it reports what it could not check. */
function notLookedAt(lost: string): Finding[] {
  return ['connection', ...IDS.slice(1)]
    .filter((id) => id !== lost && !(id === 'connection' && lost === 'certificate'))
    .map((id) => unknown(id, 'not checked: the server cannot be reached'))
}

function metadataTrouble(trouble: unknown): Finding {
  if (!(trouble instanceof MogplexError)) throw trouble
  return troubleFinding('metadata', trouble)
}
