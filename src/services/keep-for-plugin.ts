import {requireName} from '@mogplex/plugin-kit/rules'
import type {Session} from '@mogplex/plugin-kit/session'
import type {KeptFile} from '../adapters/kept-file.js'
import {NotLoggedInError} from '../domain/errors/authentication.js'
import type {HostedAccount} from '../domain/hosted/hosted-state.js'

interface KeepPorts {
  /** Absent for a plugin whose name is unknown: it cannot store anything. */
  readonly file: Pick<KeptFile, 'change' | 'read'> | undefined
  /** The account; `undefined` where nobody is signed in. */
  readonly account: () => HostedAccount | undefined
}

/** The stored data of a plugin for the account in use. */
export function keepForPlugin({file, account}: KeepPorts): Pick<Session, 'keep' | 'kept'> {
  return {
    async kept(name) {
      requireName(name)
      const owner = account()
      return Promise.resolve(owner && file?.read(owner, name))
    },
    async keep(name, change) {
      requireName(name)
      const owner = account()
      if (owner === undefined) throw new NotLoggedInError()
      await file?.change(owner, name, change)
    },
  }
}
