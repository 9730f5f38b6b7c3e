import {ExitCode} from '@mogplex/plugin-kit/errors'
import {fieldOf, isError} from '../../domain/text/thrown.js'

type Method = (this: object, ...args: unknown[]) => unknown

/**
 * Changes two things that oclif's methods do to errors, whichever copy of oclif a command has: with
 * `--json` its `catch` prints an error itself, and exits with 1 whatever exit code it carries; and
 * errors of `parse` of a flag or an argument are usage errors only if they are oclif's. Methods
 * that the command overrides stay.
 *
 * @param command - the class of a command
 */
export function passErrorsOn({prototype}: {readonly prototype?: unknown}): void {
  if (typeof prototype !== 'object' || prototype === null) return
  replace(
    prototype,
    'catch',
    (original) =>
      async function (this: object, error) {
        const isJson = Reflect.get(this, 'jsonEnabled') as Method | undefined
        if (isJson?.call(this) === true) throw error
        return original.call(this, error)
      },
  )
  replace(
    prototype,
    'parse',
    (original) =>
      async function (this: object, ...args) {
        try {
          return await original.apply(this, args)
        } catch (error) {
          throw asUsageError(error)
        }
      },
  )
}

/** Not those of a class in between: others may share it. */
function replace(
  prototype: object,
  name: string,
  withOriginal: (original: Method) => Method,
): void {
  const original: unknown = Reflect.get(prototype, name)
  if (typeof original !== 'function' || !isOclifs(prototype, name)) return
  Object.defineProperty(prototype, name, {
    configurable: true,
    writable: true,
    value: withOriginal(original as Method),
  })
}

/** Whether a method belongs to the base class: oclif's `Command`. */
function isOclifs(prototype: object, name: string): boolean {
  let owner: object | null = prototype
  while (owner !== null && !Object.hasOwn(owner, name)) {
    owner = Object.getPrototypeOf(owner) as object | null
  }
  return owner !== null && Object.getPrototypeOf(owner) === Object.prototype
}

/** An error that carries an exit code stays unchanged. */
function asUsageError(error: unknown): unknown {
  if (!isError(error) || typeof fieldOf(error, 'exitCode') === 'number') return error
  if (typeof fieldOf(fieldOf(error, 'oclif'), 'exit') === 'number') return error
  Reflect.set(error, 'oclif', {exit: ExitCode.Usage})
  return error
}
