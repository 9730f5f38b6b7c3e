import type {Hook} from '@oclif/core'
import {UsageError} from '../domain/errors/usage.js'
import {printable} from '../domain/printable.js'

/** An unknown command is a usage error like any other: exit 2, in JSON too. */
const commandNotFound: Hook.CommandNotFound = async ({id}) => {
  const name = printable(id.replaceAll(':', ' '), 60)
  return Promise.reject(
    new UsageError(`mogplex has no command "${name}".`, 'Run `mogplex --help` for the commands.'),
  )
}

export default commandNotFound
