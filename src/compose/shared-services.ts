import {join} from 'node:path'
import {AuthFile} from '../adapters/auth-file.js'
import {type Clock, systemClock} from '../adapters/clock.js'
import type {FileWriter} from '../adapters/file-writer.js'
import {HostedFiles} from '../adapters/hosted-files.js'
import {PendingLogins} from '../adapters/pending-logins.js'
import {removeIfEmpty, withinProfile} from '../adapters/profile-folders.js'
import {RefreshJournal} from '../adapters/refresh-journal.js'
import {identityOf} from '../domain/credential/identity.js'
import type {LogFields} from '../domain/log/session-log.js'
import type {StreamingHttp} from '../domain/network/http.js'
import {writeFor} from '../domain/platform/shell.js'
import {DEFAULT_PROFILE} from '../domain/profile/profile-name.js'
import type {Environment} from '../domain/settings/environment.js'
import {observedHttp, observedWriter} from '../recording/observed.js'
import {Recorder} from '../recording/recorder.js'
import {loadRedactor} from '../recording/redaction.js'
import {AccountEventQueue} from '../services/account-events.js'
import {CredentialSession} from '../services/credential-session.js'
import {loadWriter as loadFileWriter} from './file-writer.js'
import {type KeyOwners, keyOwners} from './key-owners.js'
import {type OurProfile, profilesFile, sessionProfile} from './our-profile.js'
import {sharedHttp} from './shared-http.js'

/** What exists once in a process; everything else is created from it. */
export interface SharedServices {
  readonly env: Environment
  readonly authFile: AuthFile
  readonly clock: Clock
  readonly hostedFiles: HostedFiles
  /** The profile in use. Its `home.path` contains the logs and the list of profiles. */
  readonly profile: OurProfile
  readonly keyOwners: KeyOwners
  /** The folder of the profile's files, absolute. */
  readonly home: string
  readonly http: StreamingHttp
  /** The `User-Agent` of requests. */
  readonly userAgent: string
  /** The version of the CLI. */
  readonly version: string
  readonly session: CredentialSession
  readonly journal: RefreshJournal
  readonly accountEvents: AccountEventQueue
  readonly pendingLogins: PendingLogins
  /** Loads the code for writing files, when the first one is written. */
  readonly loadWriter: () => Promise<FileWriter>
  readonly recorder: Recorder
}

export function makeShared(env: Environment, version: string, profile: OurProfile): SharedServices {
  writeFor(env, process.platform)
  const {home, path, name} = profile
  const isDefault = name === DEFAULT_PROFILE
  const argv = process.argv.slice(2)
  const recorder = new Recorder({
    env,
    version,
    argv,
    profile: isDefault ? undefined : name,
    async makeLog(log) {
      const [{SessionLog}, {ensureFolder}] = await Promise.all([
        import('../adapters/session-log.js'),
        import('../adapters/home.js'),
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
  const http = sharedHttp(userAgent, env, argv)
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
      loadWriter: loadMaker, // starting a sign-in creates its profile's folder
      afterRemoval: isDefault ? undefined : () => removeIfEmpty(home.path, name),
    }),
  }
}

function credentialsIn(session: CredentialSession): LogFields {
  const resolution = session.tryResolution()
  return resolution === undefined ? {} : {...identityOf(resolution, session.settings.issuer)}
}
