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

/** What exists once in a process; everything else is made from it. */
export interface SharedServices {
  readonly env: Environment
  readonly authFile: AuthFile
  readonly clock: Clock
  readonly hostedFiles: HostedFiles
  /** The profile in use. Its `home.path` holds the logs and the list of profiles. */
  readonly profile: OurProfile
  readonly keyOwners: KeyOwners
  /** The folder of the profile's files, absolute. */
  readonly home: string
  readonly http: StreamingHttp
  /** The `User-Agent` of requests. */
  readonly userAgent: string
  /** Of the CLI. */
  readonly version: string
  readonly session: CredentialSession
  readonly journal: RefreshJournal
  readonly accountEvents: AccountEventQueue
  readonly pendingLogins: PendingLogins
  /** Loads what writes files, when the first one is written. */
  readonly loadWriter: () => Promise<FileWriter>
  readonly recorder: Recorder
}
