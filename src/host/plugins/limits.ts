// What the code of a plugin that is not ours may do, and for how long. `plugin-custody.ts` holds it
// to that. A limit that is over ends nothing: the plugin is named, and not waited for any more.
// A command of its own and a slash command have no limit: a person waits for them, with Ctrl+C.

/** To be loaded: one without a manifest imports its commands for that. */
export const LOAD_LIMIT_MS = 10_000

const HOOK_LIMIT_MS = 5000
const LIMITED_HOOKS = /^(?:init|prerun|postrun|finally|mogplex:.*)$/

/** For one of its hooks. Others than those around a command may ask a person, or install something. */
export function hookLimitMs(event: string): number | undefined {
  return LIMITED_HOOKS.test(event) ? HOOK_LIMIT_MS : undefined
}

/** To keep the process alive, after a command of ours is done: by a timer, or an open connection. */
export const GRACE_MS = 2000

/** Of its package.json and of its manifest, which are read at each start: most have 0.1 MB, the largest 1 MB. */
export const MAX_FILE_BYTES = 4 * 2 ** 20
