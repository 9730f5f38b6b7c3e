import {join} from 'node:path'
import {AuthFile} from '../adapters/auth-file.js'
import {isMountedFile} from '../adapters/auth-file/mounted-file.js'
import {discover} from '../adapters/authorization-server/discovery.js'
import {createChatApi} from '../adapters/chat-api.js'
import {FileLock} from '../adapters/file-lock.js'
import {seeProcess} from '../adapters/file-lock/processes.js'
import {createHttp} from '../adapters/http.js'
import {authoritiesOf} from '../adapters/http/authorities.js'
import * as inspection from '../adapters/inspection.js'
import {unopenedPorts} from '../adapters/listening.js'
import {createMogplexApi} from '../adapters/mogplex-api.js'
import {createAskAboutPrompts} from '../adapters/mogplex-api/prompt-acceptance.js'
import {lookingUpFirst} from '../adapters/name-lookup.js'
import {textIfOurs} from '../adapters/own-file.js'
import {pause} from '../adapters/pause.js'
import {isProgram} from '../adapters/programs.js'
import {RefreshJournal} from '../adapters/refresh-journal.js'
import {readReader} from '../adapters/reader.js'
import {readSurroundings} from '../adapters/surroundings.js'
import type {Credential} from '../domain/credential/credential.js'
import {type Finding, type ReportedFinding, reported} from '../domain/doctor/finding.js'
import {shortener} from '../domain/doctor/shortened.js'
import {settingsOf} from '../domain/doctor/variables.js'
import {apiBaseUrl} from '../domain/network/api-address.js'
import type {Http} from '../domain/network/http.js'
import {proxyFor} from '../domain/network/proxy.js'
import {parseAttempt} from '../domain/refresh/refresh-attempt.js'
import {valueOf} from '../domain/settings/environment.js'
import {printable} from '../domain/text/printable.js'
import {guardOutput} from '../recording/guarded-output.js'
import {loadRedactor} from '../recording/redaction.js'
import {CredentialSession} from '../services/credential-session.js'
import {acceptedProbe, type AskingPorts, paymentProbe} from '../services/doctor/asking-probes.js'
import {authFileProbe} from '../services/doctor/auth-file-probe.js'
import {credentialsProbe} from '../services/doctor/credentials-probe.js'
import {filesProbe, profileHomes} from '../services/doctor/files-probe.js'
import {homeProbe} from '../services/doctor/home-probe.js'
import {locksProbe} from '../services/doctor/locks-probe.js'
import {browserProbe, portsProbe, programProbe} from '../services/doctor/machine-probes.js'
import {doMend} from '../services/doctor/mend.js'
import {type PluginsPorts, pluginsProbe} from '../services/doctor/plugins-probe.js'
import type {Probe} from '../services/doctor/probe.js'
import {refreshProbe} from '../services/doctor/refresh-probe.js'
import {ServerProbe} from '../services/doctor/server-probe.js'
import {examine} from '../services/examine.js'
import {ourHome} from './our-home.js'
import {composeAddressOf, composeWhyNoPrompt} from './why-no-prompt.js'
import type {World} from './world.js'

export interface DoctorRequest {
  /** Do what is safe about what is wrong. */
  readonly fix: boolean
  readonly plugins: PluginsPorts
  readonly version: string
  /** Told of each finding as it comes. */
  readonly tell: (finding: ReportedFinding) => void
  readonly signal?: AbortSignal | undefined
}

const LOOKUP_MS = 5000
/** For one answer of what is asked when the server is known to be there. */
const ANSWER_MS = 5000
const LONGEST_TEXT = 600
const LARGEST_FILE = 8 * 2 ** 20

/** Looks at all that can be wrong. What is looked at is read as it is: no right of it is repaired. */
export async function runDoctor(world: World, request: DoctorRequest): Promise<boolean> {
  const redactor = await loadRedactor()
  guardOutput(redactor)
  const reader = makeReader(world)
  const shorten = shortener(reader)
  const clean = (text: string): string =>
    printable(shorten(redactor.redactValues(text)), LONGEST_TEXT)
  const sweep = async (path: string): Promise<void> => {
    const {loadWriter} = world
    const redact = async (text: string) => Promise.resolve(redactor.redact(text))
    const authFile = new AuthFile({path, codexHome: false, loadWriter})
    await Promise.all([authFile.sweep(), new RefreshJournal({path, loadWriter, redact}).sweep()])
  }
  const {setMode, removeFile: remove} = inspection
  const found = await examine({
    probes: probesOf(world, request),
    mend: request.fix ? async (mend) => doMend({setMode, remove, sweep}, mend) : undefined,
    tell: ({mended, findings}) =>
      findings.forEach((finding, index) =>
        request.tell(reported(finding, index === 0 ? mended : [], clean)),
      ),
    signal: request.signal,
  })
  return found.every(isFine)
}

function isFine({state}: Finding): boolean {
  return state === 'fine'
}

function probesOf(world: World, {plugins, version}: DoctorRequest): Probe[] {
  const {env, clock, home, hostedFiles, loadWriter} = world
  const {from} = ourHome(env)
  const isCodexHome = from === 'CODEX_HOME'
  const {path} = world.authFile
  const authFile = new AuthFile({path, codexHome: isCodexHome, loadWriter, leavesModes: true})
  const session = new CredentialSession({env, authFile, clock, notices: []})
  const resolution = () => session.tryResolution()
  const whyNoPrompt = composeWhyNoPrompt({env, session, home, hostedFiles, loadWriter})
  const settings = settingsOf(env)
  const http = lookingUpFirst(createHttp(world.userAgent, env), env, LOOKUP_MS)
  const quick: Http = async (request) => http({...request, timeoutMs: ANSWER_MS})
  const now = () => clock.now()
  const target = () => inspection.targetOf(path)
  const server = new ServerProbe({
    ...{settings, http, now},
    discover: async (instance, signal) =>
      discover(settings?.issuer ?? '', {
        ...{http: instance, loopbackHttp: settings?.loopbackHttp ?? false, signal},
      }),
    proxyFor: (url) => proxyFor(url, env),
    unreadAuthorities: () => authoritiesOf(env).unread,
  })
  const baseUrlOf = (credential: Credential): string => apiBaseUrl(credential, session.settings)
  const asking: AskingPorts = {
    ...{resolution, whyNoPrompt, baseUrlOf, now, trouble: server.trouble},
    checkToken: async (credential, signal) =>
      createMogplexApi(quick, baseUrlOf(credential)).checkToken(credential, signal),
    askAboutPrompts: async (login, signal) =>
      createAskAboutPrompts(quick, baseUrlOf(login))(login, signal),
    listModels: async (payer, signal) =>
      createChatApi(
        Object.assign(quick, {stream: world.http.stream}),
        composeAddressOf({env, session})(payer),
      ).models(payer, signal),
  }
  return [
    programProbe({
      version,
      node: process.versions.node,
      platform: process.platform,
      arch: process.arch,
    }),
    homeProbe({home: {path: home, from}, value: valueOf(env, from), ...inspection}),
    authFileProbe({authFile, isCodexHome, isMounted: isMountedFile, ...inspection}),
    filesProbe({home, ...inspection, textOf: (file) => textIfOurs(file, LARGEST_FILE)}),
    locksProbe({
      ...{now, pause, namesIn: inspection.namesIn, targetOf: inspection.targetOf},
      paths: () => [
        path,
        ...profileHomes({home, ...inspection}).map((folder) => join(folder, 'auth.json')),
      ],
      lockAt: (file) => new FileLock(file, 'is at work'),
    }),
    refreshProbe({
      entries: () => authFile.read().entries,
      attempt: () => parseAttempt(textIfOurs(`${target()}.refresh`, LARGEST_FILE) ?? ''),
      isRunning: (pid) => seeProcess(pid) !== undefined,
      now,
    }),
    credentialsProbe({env, resolution, whyNoPrompt, isFileReadable: () => isReadable(authFile)}),
    browserProbe(() => ({
      named: valueOf(env, 'BROWSER'),
      surroundings: readSurroundings(env),
      platform: process.platform,
      isProgram: (name) => isProgram(name, env),
      isSignedIn: resolution()?.account.kind === 'credential',
    })),
    portsProbe({ports: settings?.callbackPorts, unopened: unopenedPorts}),
    pluginsProbe(plugins),
    server,
    acceptedProbe(asking),
    paymentProbe(asking),
  ]
}

/** What only the reader has: the home, where it is none of the user's folders, and servers. */
function makeReader({env, home, authFile}: World) {
  const reader = readReader(env)
  const {from} = ourHome(env)
  const own = from === 'default' ? [] : [[home, `$${from}`] as const]
  return {
    ...reader,
    folders: [...reader.folders, ...own],
    addresses: [...reader.addresses, ...storedAddresses(authFile.path)],
  }
}

function storedAddresses(path: string): string[] {
  try {
    const loadWriter = async (): Promise<never> => Promise.reject(new Error('Nothing is written.'))
    const {entries} = new AuthFile({path, codexHome: false, loadWriter, leavesModes: true}).read()
    return entries.flatMap((entry) =>
      entry.state === 'usable'
        ? [entry.credential.issuer ?? '', entry.credential.baseUrl ?? '']
        : [],
    )
  } catch {
    return []
  }
}

function isReadable(authFile: AuthFile): boolean {
  try {
    return authFile.read().document.state !== 'broken'
  } catch {
    return false
  }
}
