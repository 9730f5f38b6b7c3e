import type {ProfileReport} from '@mogplex/plugin-kit/session'
import type {MogplexError} from '@mogplex/plugin-kit/errors'
import type {ReportedFinding} from '../../domain/doctor/finding.js'
import type {Environment} from '../../domain/settings/environment.js'
import type {McpServerEntry} from '../../domain/hosted/mcp-servers.js'
import type {ModelChoice} from '../../domain/chat/model-choice.js'
import type {Resolution} from '../../domain/credential/precedence.js'
import type {Receipt} from '../../domain/credential/receipt.js'
import type {ListedProfile} from '../../domain/profile/listed-profile.js'
import type {AttachedRun} from '../../domain/run/attached-runs.js'
import type {Payer} from '../../services/choose-model.js'
import type {Listing, ListRequest} from '../../services/list-hosted-state.js'
import type {PayerModels, PayerModelsRequest} from '../../services/list-payer-models.js'
import type {AppSlashContext} from './app-slash-command.js'

/** The dependencies of our slash commands. */
export interface AppContext extends AppSlashContext {
  readonly env: Environment
  readonly argv: readonly string[]
  readonly session: {
    refresh(): void
    readonly resolution: Resolution
    readonly settings: {readonly issuer: string}
  }
  readonly hosted: {mcpServers(request: ListRequest): Promise<Listing<McpServerEntry>>}
  readonly prompts: {
    payer(): Payer
    /** Why the next prompt would not be sent, as far as is known without a request. */
    whyNone(): MogplexError | undefined
    models(request?: PayerModelsRequest): Promise<PayerModels>
    choose(choice: ModelChoice): Promise<Error | undefined>
    chooseDefault(): Promise<Error | undefined>
  }
  readonly profiles: {
    list(): readonly ListedProfile[]
    /** @throws {NoSuchProfileError} exit 64 */
    require(name: string): void
  }
  /** The profile in use, where there are several. */
  readonly shownProfile: () => ProfileReport | undefined
  /** Switches to another profile, once the command has returned. */
  readonly enter: (profile: string) => void
  readonly logOut: () => Promise<Receipt>
  /** Looks for problems, and prints each finding as it comes. @returns whether all is well */
  readonly examine: (request: {
    readonly fix: boolean
    readonly tell: (finding: ReportedFinding) => void
    readonly signal: AbortSignal
  }) => Promise<boolean>
  /** Opens the login screen; afterwards the composer is shown again. */
  readonly signIn: () => Promise<void>
  /** Shows a run until it ends, or the user leaves it. */
  readonly attach: (runId: string) => Promise<void>
  /** Forgets the conversation: it belongs to a login that was removed. */
  readonly forget: () => void
  /** The candidates for arguments. */
  readonly seen: {readonly models: Set<string>}
  /** The runs that were attached to before, newest first. */
  readonly attachedRuns: () => readonly AttachedRun[]
}
