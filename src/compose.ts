import {join} from 'node:path'
import type {MogplexError} from '@mogplex/plugin-kit/errors'
import type {AuthNeed, ProfileReport, Session} from '@mogplex/plugin-kit/session'
import type {Interfaces} from '@oclif/core'
import {AuthFile} from './adapters/auth-file.js'
import {systemClock} from './adapters/clock.js'
import type {HistoryFile} from './adapters/history-file.js'
import {HostedFiles} from './adapters/hosted-files.js'
import {createHttp} from './adapters/http.js'
import {PendingLogins} from './adapters/pending-logins.js'
import {profileNames, removeIfEmpty, withinProfile} from './adapters/profile-folders.js'
import {RefreshJournal} from './adapters/refresh-journal.js'
import {composeAccess} from './compose/access.js'
import {AccountEventQueue} from './services/account-events.js'
import {loadWriter as loadFileWriter} from './compose/file-writer.js'
import {
  type OurProfile,
  ourProfile,
  profilesFile,
  sessionProfile,
  shownProfile,
} from './compose/our-profile.js'

import {composeHosted, type Hosted} from './compose/hosted.js'
import type {Logs} from './compose/logs.js'
import type {Profiles} from './compose/profiles.js'
import type {HostRequest} from './compose/mcp.js'
import type {McpHosts} from './compose/mcp-hosts.js'
import {observedHttp, observedWriter} from './recording/observed.js'
import {keyOwners} from './compose/key-owners.js'
import {composePluginSession} from './compose/plugin-session.js'
import {composeWhoAmI} from './compose/who-am-i.js'
import {attachedRuns, composeRuns} from './compose/runs.js'
import type {Prompts} from './compose/prompts.js'
import {Recorder} from './recording/recorder.js'
import {loadRedactor, redactStored} from './recording/redaction.js' // from the first secret on, each is known
import {composeLoginServices, type LoginServices} from './compose/login-services.js'
import {composeTwoStepLogin, type TwoStepLogin} from './compose/two-step-login.js'
import type {Trouble} from './recording/trouble.js'
import {storedTexts} from './compose/stored-text.js'
import type {DoctorRequest} from './compose/doctor.js'
import type {SharedServices} from './compose/shared-services.js'
import {writeFor} from './domain/platform/shell.js'
import {type Environment, environmentOf} from './domain/settings/environment.js'
import {identityOf} from './domain/credential/identity.js'
import {loginToReport} from './domain/credential/login-for-prompts.js'
import {DEFAULT_PROFILE} from './domain/profile/profile-name.js'
import type {LogFields} from './domain/log/session-log.js'
import type {PluginOwner} from './domain/plugin/plugin-owner.js'
import type {AttachedRun} from './domain/run/attached-runs.js'
import type {RunSource} from './domain/run/run-source.js'
import type {AccountAccess} from './services/account-access.js'
import {CredentialSession} from './services/credential-session.js'
import type {WhoAmIOptions, WhoAmI} from './services/who-am-i.js'

/** What commands and hooks work with. */
export interface Services extends LoginServices, TwoStepLogin {
  readonly env: Environment
  readonly session: CredentialSession
  readonly access: AccountAccess
  readonly hosted: Hosted
  readonly runs: () => Promise<RunSource>
  /** The runs that the account in use has attached to, newest first. Never throws. */
  readonly attachedRuns: () => readonly AttachedRun[]
  /** What takes secrets out of a text for people: by values and shapes. */
  readonly redaction: () => Promise<(text: string) => string>
  /** What was recorded of sessions. */
  readonly logs: () => Promise<Logs>
  /** What was entered in the composer. */
  readonly history: () => Promise<HistoryFile>
  readonly prompts: () => Promise<Prompts>
  /** Serves a host of the Model Context Protocol until it closes its end. */
  readonly serveMcpHost: (request: HostRequest) => Promise<void>
  /** What makes hosts of it start `mogplex mcp connect`. */
  readonly mcpHosts: () => Promise<McpHosts>
  /** @param owner - the plugin that gets it, where that is known */
  readonly pluginSession: (owner?: PluginOwner) => Omit<Session, 'choose'>
  /** What plugins have not been told yet; see compose/tell-plugins. */
  readonly accountEvents: AccountEventQueue
  /** Removes what killed processes left. Never throws. */
  readonly tidy: () => Promise<void>
  /** Describes an error without any secret, and writes it to the session's log. */
  readonly trouble: (error: unknown, command: string, event?: 'crash') => Promise<Trouble>
  /** See {@link whyNoPrompt}: why the next prompt would not be sent. No network. */
  readonly whyNoPrompt: () => Promise<MogplexError | undefined>
  /** The profile that acts. */
  readonly profile: OurProfile
  /** As `whoami` and the app's header name it, where they do. */
  readonly shownProfile: () => ProfileReport | undefined
  /** Those there are, `default` first. */
  readonly profileNames: () => readonly string[]
  /** What may be done with profiles; to remove one, that of its own services. */
  readonly profiles: () => Promise<Profiles>
  /** Throws where what a command needs is not there; see domain/credential/gate.ts. */
  readonly gate: (need: AuthNeed) => Promise<void>
  /** See {@link takePayerNotice}; where it is wanted, which is asked only when there is one. */
  readonly takePayerNotice: (isWanted?: () => boolean) => Promise<string | undefined>
  readonly whoAmI: (questions: WhoAmIOptions) => Promise<WhoAmI>
  /** Whether all is well; see {@link runDoctor}. */
  readonly doctor: (request: DoctorRequest) => Promise<boolean>
}

// Before the first text is redacted, also where nothing else is made any more.
redactStored(storedTexts)

type Config = Pick<Interfaces.Config, 'pjson' | 'plugins' | 'version'> & {
  /** What `--profile` said: a name. */
  readonly profile?: string | undefined
}

// Hooks and commands get different Config objects; the root plugin's object they share.
const composed = new WeakMap<object, Services>()

/** The one set of services of this process. What is heavy is loaded when it is asked for. */
export function compose(config: Config): Services {
  const known = composed.get(rootOf(config))
  if (known !== undefined) return known
  const services = composeProfile(config, config.profile)
  composed.set(rootOf(config), services)
  return services
}

/** From now on this process is at another profile. */
export function useProfile(config: Config, name: string): void {
  composed.set(rootOf(config), composeProfile(config, name))
}

/** Services of their own for a profile; the one that is chosen where none is named. */
export function composeProfile(config: Config, name?: string): Services {
  const env = environmentOf(process.env, process.platform)
  return construct(makeShared(env, config.version, ourProfile(env, name)))
}

function rootOf({plugins, pjson}: Config): object {
  return plugins.get(pjson.name) ?? pjson
}

function makeShared(env: Environment, version: string, profile: OurProfile): SharedServices {
  writeFor(env, process.platform)
  const {home, path, name} = profile
  const isDefault = name === DEFAULT_PROFILE
  const recorder = new Recorder({
    env,
    version,
    argv: process.argv.slice(2),
    profile: isDefault ? undefined : name,
    async makeLog(log) {
      const [{SessionLog}, {ensureFolder}] = await Promise.all([
        import('./adapters/session-log.js'),
        import('./adapters/home.js'),
      ])
      return new SessionLog({...log, home: home.path, ensureFolder})
    },
    credentials: (): LogFields => credentialsIn(session),
  })
  const loadMaker = async () => observedWriter(await loadFileWriter(), recorder)
  const loadWriter = isDefault
    ? loadMaker
    : async () => withinProfile(await loadMaker(), path, name)
  const userAgent = `mogplex/${version} (${process.platform}; node ${process.version})`
  const http = createHttp(userAgent, env)
  const authFile = new AuthFile({
    path: join(path, 'auth.json'),
    codexHome: home.from === 'CODEX_HOME',
    loadWriter,
    loadMaker,
    afterRehearsal: isDefault ? undefined : () => removeIfEmpty(home.path, name),
  })
  const clock = systemClock
  const owners = keyOwners(profilesFile(home.path))
  const session = new CredentialSession({
    env,
    authFile,
    clock,
    notices: profile.notices,
    profile: sessionProfile(profile, owners),
  })
  return {
    env,
    authFile,
    clock,
    home: path,
    profile,
    keyOwners: owners,
    journal: new RefreshJournal({
      path: authFile.path,
      loadWriter,
      redact: async (text) => (await loadRedactor()).redact(text),
    }),
    hostedFiles: new HostedFiles({
      home: path,
      loadWriter,
      redact: async (text) => (await loadRedactor()).redactValues(text),
    }),
    http: observedHttp(http, recorder),
    loadWriter,
    recorder,
    session,
    userAgent,
    version,
    accountEvents: new AccountEventQueue(),
    pendingLogins: new PendingLogins({
      home: path,
      loadWriter: loadMaker, // a sign-in that is started makes its profile
      afterRemoval: isDefault ? undefined : () => removeIfEmpty(home.path, name),
    }),
  }
}

function construct(shared: SharedServices): Services {
  const {env, session, authFile, journal, recorder} = shared
  const access = composeAccess(shared)
  const hosted = composeHosted(shared, access)
  const signIn = composeLoginServices(shared)
  let prompts: Prompts | undefined
  const whyNoPrompt = async (): Promise<MogplexError | undefined> => {
    const {composePromptCheck} = await import('./compose/prompt-check.js')
    return composePromptCheck(shared)()
  }
  const gate = async (need: AuthNeed): Promise<void> => {
    session.require(need)
    const lack = need === 'model' ? await whyNoPrompt() : undefined
    if (lack !== undefined) throw lack
  }
  return {
    whyNoPrompt,
    gate,
    async takePayerNotice(isWanted = () => true) {
      const resolution = session.tryResolution()
      const isUntold = resolution !== undefined && loginToReport(resolution.trace) !== undefined
      if (!isUntold || !isWanted()) return undefined
      const {takePayerNotice} = await import('./services/take-payer-notice.js')
      return takePayerNotice({session, authFile})
    },
    env,
    session,
    access,
    profile: shared.profile,
    shownProfile: () => shownProfile(shared.profile),
    profileNames: () => [DEFAULT_PROFILE, ...profileNames(shared.profile.home.path)],
    async profiles() {
      const {composeProfiles} = await import('./compose/profiles.js')
      return composeProfiles(shared, async (request) => signIn.logOut(request))
    },
    runs: async () => composeRuns(shared, access),
    attachedRuns: () => attachedRuns(shared),
    async redaction() {
      const redactor = await loadRedactor()
      return (text) => redactor.redactValues(text)
    },
    async logs() {
      const {composeLogs} = await import('./compose/logs.js')
      return composeLogs(shared.profile.home.path)
    },
    async history() {
      const {composeHistory} = await import('./compose/history.js')
      return composeHistory(shared)
    },
    hosted,
    async prompts() {
      const {composePrompts} = await import('./compose/prompts.js')
      return (prompts ??= composePrompts(shared, access, hosted))
    },
    async serveMcpHost(request) {
      const {composeMcpRelay} = await import('./compose/mcp.js')
      const serve = await composeMcpRelay(shared, access)
      await serve(request)
    },
    async mcpHosts() {
      const {composeMcpHosts} = await import('./compose/mcp-hosts.js')
      const {choice, name} = shared.profile
      return composeMcpHosts(shared, choice.source.type === 'flag' ? name : undefined)
    },
    pluginSession: (owner) => composePluginSession(shared, access, gate, owner),
    accountEvents: shared.accountEvents,
    async tidy() {
      const now = shared.clock.now()
      if (shared.pendingLogins.mayHaveLeftovers(now)) await shared.pendingLogins.sweep(now)
      if (!authFile.mayHaveLeftovers()) return
      await Promise.all([authFile.sweep(), journal.sweep()])
    },
    ...signIn,
    ...composeTwoStepLogin(shared),
    async trouble(error, command, event) {
      const {troubleOf} = await import('./recording/trouble.js')
      return troubleOf(error, command, recorder, event, async (stack) => {
        if (stack === undefined) return undefined
        const {withSourcePositions} = await import('./adapters/source-positions.js')
        return withSourcePositions(stack)
      })
    },
    whoAmI: composeWhoAmI(shared, access, gate),
    async doctor(request) {
      const {runDoctor} = await import('./compose/doctor.js')
      return runDoctor(shared, request)
    },
  }
}

function credentialsIn(session: CredentialSession): LogFields {
  const resolution = session.tryResolution()
  return resolution === undefined ? {} : {...identityOf(resolution, session.settings.issuer)}
}
