import type {Mend} from '../../domain/doctor/finding.js'

interface MendPorts {
  readonly setMode: (path: string, mode: 0o600 | 0o700) => void
  readonly remove: (path: string) => void
  /** Removes what killed processes left beside an `auth.json`, unless a write is in progress. */
  readonly sweep: (path: string) => Promise<void>
}

/** Applies the safe repairs of a finding. @returns what it did */
export async function doMend({setMode, remove, sweep}: MendPorts, mend: Mend): Promise<string> {
  switch (mend.kind) {
    case 'mode':
      setMode(mend.path, mend.mode)
      return `${mend.path} is for you alone now (mode ${mend.mode.toString(8)})`
    case 'remove':
      remove(mend.path)
      return `removed ${mend.path}`
    case 'sweep':
      await sweep(mend.path)
      return `removed what killed processes left beside ${mend.path}`
  }
}
