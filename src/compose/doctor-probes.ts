import {join} from 'node:path'
import {MogplexError} from '@mogplex/plugin-kit/errors'
import {AuthFile} from '../adapters/auth-file.js'
import {isMountedFile} from '../adapters/auth-file/mounted-file.js'
import {discover} from '../adapters/authorization-server/discovery.js'
import {createChatApi} from '../adapters/chat-api.js'
import {FileLock} from '../adapters/file-lock.js'
import {inspectProcess} from '../adapters/file-lock/processes.js'
import {createHttp} from '../adapters/http.js'
import {authoritiesOf} from '../adapters/http/authorities.js'
import * as inspection from '../adapters/inspection.js'
import {unopenedPorts} from '../adapters/listening.js'
import {createMogplexApi} from '../adapters/mogplex-api.js'
import {createAskAboutPrompts} from '../adapters/mogplex-api/prompt-acceptance.js'
import {lookingUpFirst} from '../adapters/http/name-lookup.js'
import {textIfOurs} from '../adapters/own-file.js'
import {pause} from '../adapters/pause.js'
import {isProgram} from '../adapters/programs.js'
import {codeCacheFolder} from '../adapters/reader.js'
import {readSurroundings} from '../adapters/read-surroundings.js'
import type {Credential} from '../domain/credential/credential.js'
import {settingsOf} from '../domain/doctor/variables.js'
import {apiBaseUrl} from '../domain/network/api-address.js'
import type {Http} from '../domain/network/http.js'
import {proxyFor} from '../domain/network/proxy.js'
import {DEFAULT_PROFILE} from '../domain/profile/profile-name.js'
import {parseAttempt} from '../domain/refresh/refresh-attempt.js'
import {valueOf} from '../domain/settings/environment.js'
import {CredentialSession} from '../services/credential-session.js'
import {acceptedProbe, type AskingPorts, paymentProbe} from '../services/doctor/asking-probes.js'
import {authFileProbe} from '../services/doctor/auth-file-probe.js'
import {cacheProbe} from '../services/doctor/cache-probe.js'
import {credentialsProbe} from '../services/doctor/credentials-probe.js'
import {filesProbe, profileHomes} from '../services/doctor/files-probe.js'
import {homeProbe} from '../services/doctor/home-probe.js'
import {locksProbe} from '../services/doctor/locks-probe.js'
import {browserProbe, portsProbe, programProbe} from '../services/doctor/machine-probes.js'
import {type PluginsPorts, pluginsProbe} from '../services/doctor/plugins-probe.js'
import type {Probe} from '../services/doctor/probe.js'
import {profileProbe} from '../services/doctor/profile-probe.js'
import {refreshProbe} from '../services/doctor/refresh-probe.js'
import {ServerProbe} from '../services/doctor/server-probe.js'
import {sessionProfile} from './our-profile.js'
import {composeAddressOf, composePromptCheck} from './prompt-check.js'
import type {SharedServices} from './shared-services.js'

const LOOKUP_MS = 5000
/** The limit for one answer of a server that is known to be reachable. */
const ANSWER_MS = 5000
const LARGEST_FILE = 8 * 2 ** 20

/** All checks. Files are read without repairing their permissions. */
export function composeProbes(
  shared: SharedServices,
  plugins: PluginsPorts,
  version: string,
): Probe[] {
  const {env, clock, home, hostedFiles, loadWriter, profile} = shared
  const {from, path: top} = profile.home
  const isCodexHome = from === 'CODEX_HOME'
  const {path} = shared.authFile
  const authFile = new AuthFile({path, codexHome: isCodexHome, loadWriter, leavesModes: true})
  const session = new CredentialSession({
    env,
    authFile,
    clock,
    notices: [],
    profile: sessionProfile(profile, shared.keyOwners),
  })
  const isNamed = profile.name !== DEFAULT_PROFILE
  const resolution = () => session.tryResolution()
  const whyNoPrompt = composePromptCheck({env, session, home, hostedFiles, loadWriter})
  const settings = settingsOf(env)
  const http = lookingUpFirst(createHttp(shared.userAgent, env), env, LOOKUP_MS)
  const quick: Http = async (request) => http({...request, timeoutMs: ANSWER_MS})
  const now = () => clock.now()
  const target = () => inspection.targetOf(path)
  const server = new ServerProbe({
    settings,
    http,
    now,
    discover: async (instance, signal) =>
      discover(settings?.issuer ?? '', {
        http: instance,
        loopbackHttp: settings?.loopbackHttp ?? false,
        signal,
      }),
    proxyFor: (url) => proxyFor(url, env),
    unreadAuthorities: () => authoritiesOf(env).unread,
  })
  const baseUrlOf = (credential: Credential): string => apiBaseUrl(credential, session.settings)
  const asking: AskingPorts = {
    resolution,
    whyNoPrompt,
    baseUrlOf,
    now,
    trouble: server.trouble,
    checkToken: async (credential, signal) =>
      createMogplexApi(quick, baseUrlOf(credential)).checkToken(credential, signal),
    askAboutPrompts: async (login, signal) =>
      createAskAboutPrompts(quick, baseUrlOf(login))(login, signal),
    listModels: async (payer, signal) =>
      createChatApi(
        Object.assign(quick, {stream: shared.http.stream}),
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
    homeProbe({home: {path: top, from}, value: valueOf(env, from), ...inspection}),
    ...(isNamed ? [profileProbe({...profile, source: profile.choice.source})] : []),
    authFileProbe({authFile, isCodexHome, isMounted: isMountedFile, ...inspection}),
    filesProbe({home: top, ...inspection, textOf: (file) => textIfOurs(file, LARGEST_FILE)}),
    locksProbe({
      now,
      pause,
      namesIn: inspection.namesIn,
      targetOf: inspection.targetOf,
      paths: () => [
        join(top, 'auth.json'),
        ...profileHomes({home: top, ...inspection}).map((folder) => join(folder, 'auth.json')),
      ],
      lockAt: (file) => new FileLock(file, 'is at work'),
    }),
    refreshProbe({
      entries: () => authFile.read().entries,
      attempt: () => parseAttempt(textIfOurs(`${target()}.refresh`, LARGEST_FILE) ?? ''),
      isRunning: (pid) => inspectProcess(pid) !== undefined,
      now,
    }),
    credentialsProbe({
      env,
      resolution,
      whyNoPrompt,
      isFileReadable: () => isReadable(authFile),
      profile: isNamed ? {name: profile.name, trouble: () => troubleOf(session)} : undefined,
    }),
    browserProbe(() => ({
      named: valueOf(env, 'BROWSER'),
      surroundings: readSurroundings(env),
      platform: process.platform,
      isProgram: (name) => isProgram(name, env),
      isSignedIn: resolution()?.account.kind === 'credential',
    })),
    portsProbe({ports: settings?.callbackPorts, unopened: unopenedPorts}),
    cacheProbe({folder: codeCacheFolder(env), isWhole: inspection.isTwice, ...inspection}),
    pluginsProbe(plugins),
    server,
    acceptedProbe(asking),
    paymentProbe(asking),
  ]
}

function isReadable(authFile: AuthFile): boolean {
  try {
    return authFile.read().document.state !== 'broken'
  } catch {
    return false
  }
}

/** Why the account of a named profile does not count; a missing login is reported by the trace. */
function troubleOf(session: CredentialSession): MogplexError | undefined {
  try {
    session.require('account')
    return undefined
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
    return error.code === 'NOT_LOGGED_IN' || error.code === 'CREDENTIAL_REJECTED'
      ? undefined
      : error
  }
}
