interface OclifCommand {
  catch(error: unknown): unknown
  jsonEnabled?(): boolean
}

/**
 * With `--json`, oclif's own `catch` prints an error itself, and ends with 1 whatever exit code it
 * carries. This lets it reach the launcher, as in text. A `catch` of the command's own stays.
 *
 * @param command - the class of a command, of whichever copy of oclif
 */
export function passErrorsOn(command: {readonly prototype?: unknown}): void {
  const {prototype} = command
  if (!isCommand(prototype) || !isOclifs(prototype)) return
  const original: OclifCommand['catch'] = Reflect.get(prototype, 'catch')
  Object.defineProperty(prototype, 'catch', {
    configurable: true,
    writable: true,
    async value(this: OclifCommand, error: unknown): Promise<unknown> {
      if (this.jsonEnabled?.() === true) throw error
      return original.call(this, error)
    },
  })
}

function isCommand(value: unknown): value is OclifCommand {
  return (
    typeof value === 'object' && value !== null && typeof Reflect.get(value, 'catch') === 'function'
  )
}

/** Whether `catch` is that of the class which extends nothing: oclif's `Command`. */
function isOclifs(prototype: object): boolean {
  let owner: object | null = prototype
  while (owner !== null && !Object.hasOwn(owner, 'catch')) {
    owner = Object.getPrototypeOf(owner) as object | null
  }
  return owner !== null && Object.getPrototypeOf(owner) === Object.prototype
}
