import type {MogplexError} from '@mogplex/plugin-kit/errors'
import {fine, troubleFinding} from '../../domain/doctor/finding.js'
import type {ProfileSource} from '../../domain/profile/choose-profile.js'
import {LOCAL_LIMIT_MS, type Probe} from './probe.js'

interface ProfilePorts {
  readonly name: string
  readonly source: ProfileSource
  /** Why no command may use it. */
  readonly problem: MogplexError | undefined
}

const BY: Readonly<Record<ProfileSource['type'], string>> = {
  current: 'as `mogplex profiles use` said',
  default: 'which nothing else was named for',
  env: 'named by MOGPLEX_PROFILE',
  flag: 'named by --profile',
  pin: 'pinned to this folder or one above it',
}

/** Which profile is used, why, and whether it may be. */
export function profileProbe({name, source, problem}: ProfilePorts): Probe {
  const finding =
    problem === undefined
      ? fine('profile', `${name}, ${BY[source.type]}`)
      : troubleFinding('profile', problem)
  return {id: 'profile', limitMs: LOCAL_LIMIT_MS, look: () => [finding]}
}
