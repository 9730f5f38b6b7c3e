import type {AuthFile} from '../adapters/auth-file.js'
import type {Clock} from '../adapters/clock.js'
import type {FileWriter} from '../adapters/file-writer.js'
import type {HostedFiles} from '../adapters/hosted-files.js'
import type {PendingLogins} from '../adapters/pending-logins.js'
import type {RefreshJournal} from '../adapters/refresh-journal.js'
import type {Environment} from '../domain/settings/environment.js'
import type {StreamingHttp} from '../domain/network/http.js'
import type {CredentialSession} from '../services/credential-session.js'
import type {AccountEventQueue} from '../services/account-events.js'
import type {KeyOwners} from './key-owners.js'
import type {OurProfile} from './our-profile.js'
import type {Recorder} from '../recording/recorder.js'

/** What there is one of in a process, and everything else is made from. */
export interface World {
  readonly env: Environment
  readonly authFile: AuthFile
  readonly clock: Clock
  readonly hostedFiles: HostedFiles
  /** The profile that acts: at its `home.path` lie logs and what is remembered of profiles. */
  readonly profile: OurProfile
  readonly keyOwners: KeyOwners
  /** The folder of the profile's files, absolute. */
  readonly home: string
  readonly http: StreamingHttp
  /** What names us in requests. */
  readonly userAgent: string
  /** Of the CLI. */
  readonly version: string
  readonly session: CredentialSession
  readonly journal: RefreshJournal
  readonly accountEvents: AccountEventQueue
  readonly pendingLogins: PendingLogins
  /** What writing takes, loaded when something is written. */
  readonly loadWriter: () => Promise<FileWriter>
  readonly recorder: Recorder
}
