import {unsetting} from '../platform/shell.js'
import {type Environment, valueOf} from '../settings/environment.js'
import {DEFAULT_PROFILE, profileNameProblem} from './profile-name.js'

/** The variable that names a profile. */
export const PROFILE_VARIABLE = 'MOGPLEX_PROFILE'

/** What can select the profile of a run. */
export type ProfileSource =
  | {readonly type: 'flag'}
  | {readonly type: 'env'; readonly variable: string}
  | {readonly type: 'pin'; readonly folder: string}
  | {readonly type: 'current'}
  | {readonly type: 'default'}

/** One checked source, and its outcome. */
export interface ProfileTraceEntry {
  readonly source: ProfileSource
  readonly state: 'absent' | 'empty' | 'malformed' | 'outranked' | 'used'
  readonly profile?: string
  /** For an outranked one: by which source. */
  readonly by?: string
  readonly why?: string
  /** The command that removes it. */
  readonly remedy?: string
}

export interface ProfileChoice {
  /** `undefined` where the winning source holds an invalid name. */
  readonly name: string | undefined
  readonly source: ProfileSource
  /** Every source, highest rank first. */
  readonly trace: readonly ProfileTraceEntry[]
}

/** What is stored about profiles. */
export interface RememberedProfiles {
  /** See `mogplex profiles use`. */
  readonly current: string | undefined
  /** The profile that a folder and its subfolders use, by their real paths. */
  readonly pins: Readonly<Record<string, string>>
}

export interface ProfileSources extends RememberedProfiles {
  /** The name given with `--profile`. */
  readonly flag: string | undefined
  readonly env: Environment
  /** The folder in which the command runs and those above it, as real paths, nearest first. */
  readonly folders: readonly string[]
}

/**
 * Decides which profile is used, and why: the flag, the variable, the pin of the nearest folder,
 * what `mogplex profiles use` stored, `default`. A variable that is not blank wins even with an
 * invalid name: then commands that need an account fail.
 */
export function chooseProfile(sources: ProfileSources): ProfileChoice {
  const candidates = [
    fromFlag(sources),
    fromEnvironment(sources),
    ...fromPins(sources),
    fromCurrent(sources),
    {source: {type: 'default'}, state: 'used', profile: DEFAULT_PROFILE} as const,
  ]
  const winner = candidates.findIndex(({state}) => state === 'used' || state === 'malformed')
  const won = candidates[winner]
  const by = won && profileSourceName(won.source)
  return {
    name: won?.profile,
    source: won?.source ?? {type: 'default'},
    trace: candidates.map((entry, index) =>
      entry.state === 'used' && index > winner
        ? {...entry, state: 'outranked' as const, ...(by !== undefined && {by})}
        : entry,
    ),
  }
}

/** The name of a source in a trace. */
export function profileSourceName(source: ProfileSource): string {
  switch (source.type) {
    case 'flag':
      return '--profile'
    case 'env':
      return source.variable
    case 'pin':
      return `the pin of ${source.folder}`
    case 'current':
      return 'mogplex profiles use'
    case 'default':
      return 'the default'
  }
}

function fromFlag({flag}: ProfileSources): ProfileTraceEntry {
  const source = {type: 'flag'} as const
  return flag === undefined ? {source, state: 'absent'} : {source, state: 'used', profile: flag}
}

function fromEnvironment({env}: ProfileSources): ProfileTraceEntry {
  const source = {type: 'env', variable: PROFILE_VARIABLE} as const
  if (env[PROFILE_VARIABLE] === undefined) return {source, state: 'absent'}
  const value = valueOf(env, PROFILE_VARIABLE)
  if (value === undefined) return {source, state: 'empty'}
  const why = profileNameProblem(value)
  const remedy = unsetting(PROFILE_VARIABLE)
  if (why !== undefined) return {source, state: 'malformed', why: `it ${why}`, remedy}
  return {source, state: 'used', profile: value, remedy}
}

function fromPins({folders, pins}: ProfileSources): ProfileTraceEntry[] {
  return folders.flatMap((folder, index) => {
    if (!Object.hasOwn(pins, folder)) return []
    const profile = pins[folder]
    if (profile === undefined) return []
    const remedy = `mogplex profiles unpin${index === 0 ? '' : ` ${folder}`}`
    return [{source: {type: 'pin', folder}, state: 'used', profile, remedy} as const]
  })
}

function fromCurrent({current}: ProfileSources): ProfileTraceEntry {
  const source = {type: 'current'} as const
  if (current === undefined) return {source, state: 'absent'}
  return {
    source,
    state: 'used',
    profile: current,
    remedy: `mogplex profiles use ${DEFAULT_PROFILE}`,
  }
}
