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
  /** Puts down what a plugin warned of, where the session has a log. */
  readonly recordWarning: (plugin: string, fields: LogFields) => void
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
