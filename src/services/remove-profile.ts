import {LockedError} from '../domain/errors/later.js'
import type {AuthFile} from '../adapters/auth-file.js'
import type {RefreshJournal} from '../adapters/refresh-journal.js'
import {type Receipt, whyStillStored} from '../domain/credential/receipt.js'
import {PROVIDERS} from '../domain/credential/provider-table.js'
import type {LogOutRequest} from './log-out.js'

/** Longer than any refresh: one that hangs is not waited for. */
const WAIT_MS = 30_000

interface RemoveProfilePorts {
  readonly journal: Pick<RefreshJournal, 'exclusively'>
  readonly authFile: Pick<AuthFile, 'exclusively'>
  readonly logOut: (request: LogOutRequest) => Promise<Receipt>
  /**
   * Removes the folder.
   *
   * @param hasOthers - `auth.json` contains foreign members
   * @returns where foreign files in it are kept
   */
  readonly removeFolder: (hasOthers: boolean) => string | undefined
}

/** A profile that was removed, unless `receipt` says why it was not. */
export interface RemovedProfile {
  readonly receipt: Receipt
  readonly isRemoved: boolean
  /** Where foreign files of its folder are kept. */
  readonly keptAside: string | undefined
}

/**
 * Removes a profile: a logout from everything, then its folder. No process refreshes or writes
 * meanwhile, and tokens written just before are revoked and removed, too. Pins and choices of it
 * stay: another account is not used in its place without the user's decision.
 *
 * @throws {LockedError} exit 75, {LocalFileError} exit 1
 */
export async function removeProfile(
  {journal, authFile, logOut, removeFolder}: RemoveProfilePorts,
  removesCopies: boolean,
): Promise<RemovedProfile> {
  return journal.exclusively(
    async () => {
      const receipt = await logOut({providers: PROVIDERS.map(({id}) => id), removesCopies})
      if (whyStillStored(receipt) !== undefined) {
        return {receipt, isRemoved: false, keptAside: undefined}
      }
      const keptAside = await authFile.exclusively(async ({entries, document}) => {
        const isBack = entries.some(({state}) => state === 'usable')
        if (isBack) throw new LockedError('has just signed in to the profile', undefined)
        const isEmpty = document.state === 'whole' && document.members.isEmpty
        const isNothing = document.state === 'missing' || document.state === 'empty' || isEmpty
        return Promise.resolve(removeFolder(!isNothing))
      })
      return {receipt, isRemoved: true, keptAside}
    },
    {waitMs: WAIT_MS},
  )
}
