import type {MogplexError} from '@mogplex/plugin-kit/errors'
import type {AuthNeed, ProfileReport, Session} from '@mogplex/plugin-kit/session'
import type {HistoryFile} from '../adapters/history-file.js'
import type {LogFields} from '../domain/log/session-log.js'
import type {PluginOwner} from '../domain/plugin/plugin-owner.js'
import type {AttachedRun} from '../domain/run/attached-runs.js'
import type {RunSource} from '../domain/run/run-source.js'
import type {Environment} from '../domain/settings/environment.js'
import type {Trouble} from '../recording/trouble.js'
import type {AccountAccess} from '../services/account-access.js'
import type {AccountEventQueue} from '../services/account-events.js'
import type {CredentialSession} from '../services/credential-session.js'
import type {WhoAmI, WhoAmIOptions} from '../services/who-am-i.js'
import type {DoctorRequest} from './doctor.js'
import type {Hosted} from './hosted.js'
import type {LoginServices} from './login-services.js'
import type {Logs} from './logs.js'
import type {McpHosts} from './mcp-hosts.js'
import type {HostRequest} from './mcp.js'
import type {OurProfile} from './our-profile.js'
import type {Profiles} from './profiles.js'
import type {Prompts} from './prompts.js'
import type {TwoStepLogin} from './two-step-login.js'

/** The services for commands and hooks. */
export interface Services extends LoginServices, TwoStepLogin {
  readonly env: Environment
  readonly session: CredentialSession
  readonly access: AccountAccess
  readonly hosted: Hosted
  readonly runs: () => Promise<RunSource>
  /** The runs that the account in use has attached to, newest first. Never throws. */
  readonly attachedRuns: () => readonly AttachedRun[]
  /** Removes secrets from a text for people: by values and formats. */
  readonly redaction: () => Promise<(text: string) => string>
  /** The recorded sessions. */
  readonly logs: () => Promise<Logs>
  /** The history of the composer. */
  readonly history: () => Promise<HistoryFile>
  readonly prompts: () => Promise<Prompts>
  /** Serves a host of the Model Context Protocol until it closes its end. */
  readonly serveMcpHost: (request: HostRequest) => Promise<void>
  /** Configures hosts to start `mogplex mcp connect`. */
  readonly mcpHosts: () => Promise<McpHosts>
  /** @param owner - the plugin that gets it, where known */
  readonly pluginSession: (owner?: PluginOwner) => Omit<Session, 'choose'>
  /** Logs a plugin's warning, where the session has a log. */
  readonly recordWarning: (plugin: string, fields: LogFields) => void
  /** Events that plugins have not been notified of yet; see host/plugins/notify-plugins.ts. */
  readonly accountEvents: AccountEventQueue
  /** Removes what killed processes left. Never throws. */
  readonly tidy: () => Promise<void>
  /** Describes an error without secrets, and writes it to the session's log. */
  readonly trouble: (error: unknown, command: string, event?: 'crash') => Promise<Trouble>
  /** See {@link whyNoPrompt}: why the next prompt would not be sent. No network. */
  readonly whyNoPrompt: () => Promise<MogplexError | undefined>
  /** The profile in use. */
  readonly profile: OurProfile
  /** For `whoami` and the app's header, where they show it. */
  readonly shownProfile: () => ProfileReport | undefined
  /** All profiles, `default` first. */
  readonly profileNames: () => readonly string[]
  /** The operations on profiles; only services of a profile can remove it. */
  readonly profiles: () => Promise<Profiles>
  /** Throws where what a command needs is absent; see domain/credential/gate.ts. */
  readonly gate: (need: AuthNeed) => Promise<void>
  /** See {@link takePayerNotice}; `isWanted` is called only when there is one. */
  readonly takePayerNotice: (isWanted?: () => boolean) => Promise<string | undefined>
  readonly whoAmI: (questions: WhoAmIOptions) => Promise<WhoAmI>
  /** Whether all is well; see {@link runDoctor}. */
  readonly doctor: (request: DoctorRequest) => Promise<boolean>
}
