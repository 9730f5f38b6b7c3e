import type {MogplexError} from '@mogplex/plugin-kit/errors'
import type {AuthNeed} from '@mogplex/plugin-kit/session'
import type {Interfaces} from '@oclif/core'
import {profileNames} from './adapters/profile-folders.js'
import {composeAccess} from './compose/access.js'
import {composeHosted} from './compose/hosted.js'
import {composeLoginServices} from './compose/login-services.js'
import {ourProfile, shownProfile} from './compose/our-profile.js'
import {composePluginSession} from './compose/plugin-session.js'
import type {Prompts} from './compose/prompts.js'
import {attachedRuns, composeRuns} from './compose/runs.js'
import type {Services} from './compose/services.js'
import {makeShared, type SharedServices} from './compose/shared-services.js'
import {storedTexts} from './compose/stored-text.js'
import {composeTwoStepLogin} from './compose/two-step-login.js'
import {composeWhoAmI} from './compose/who-am-i.js'
import {loginToReport} from './domain/credential/login-for-prompts.js'
import {DEFAULT_PROFILE} from './domain/profile/profile-name.js'
import {environmentOf} from './domain/settings/environment.js'
// every secret is registered, from the first one on
import {loadRedactor, redactStored} from './recording/redaction.js'

// Before the first text is redacted, even where no services are created.
redactStored(storedTexts)

type Config = Pick<Interfaces.Config, 'pjson' | 'plugins' | 'version'> & {
  /** The name given with `--profile`. */
  readonly profile?: string | undefined
}

// Hooks and commands get different Config objects, but share the root plugin's object.
const composed = new WeakMap<object, Services>()

/** The only set of services of this process. Heavy code is loaded on demand. */
export function compose(config: Config): Services {
  const known = composed.get(rootOf(config))
  if (known !== undefined) return known
  const services = composeProfile(config, config.profile)
  composed.set(rootOf(config), services)
  return services
}

/** Switches this process to another profile. */
export function useProfile(config: Config, name: string): void {
  composed.set(rootOf(config), composeProfile(config, name))
}

/** Separate services for a profile; the chosen one where none is named. */
export function composeProfile(config: Config, name?: string): Services {
  const env = environmentOf(process.env, process.platform)
  return construct(makeShared(env, config.version, ourProfile(env, name)))
}

function rootOf({plugins, pjson}: Config): object {
  return plugins.get(pjson.name) ?? pjson
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
    recordWarning: (plugin, fields) => recorder.record(`plugin.${plugin}.warning`, {fields}),
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
