// What the code of a foreign plugin may do, and for how long; enforced by `plugin-custody.ts`. A
// limit that is exceeded ends nothing: the plugin is named, and no longer waited for. A plugin's
// commands and slash commands have no limit: the user waits for them, and has Ctrl+C.

/** For loading: without a manifest its commands are imported for that. */
export const LOAD_LIMIT_MS = 10_000

const HOOK_LIMIT_MS = 5000
const LIMITED_HOOKS = /^(?:init|prerun|postrun|finally|mogplex:.*)$/

/** For one hook. Hooks other than those around a command may ask a person, or install something. */
export function hookLimitMs(event: string): number | undefined {
  return LIMITED_HOOKS.test(event) ? HOOK_LIMIT_MS : undefined
}

/**
 * How long it may keep the process alive after one of our commands: by a timer, or an open
 * connection.
 */
export const GRACE_MS = 2000

/**
 * For its package.json and its manifest, which are read at each start: most have 0.1 MB, the
 * largest 1 MB.
 */
export const MAX_FILE_BYTES = 4 * 2 ** 20
