/** The profile whose files are at the top of the home; always exists. */
export const DEFAULT_PROFILE = 'default'

const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/
/** Windows opens devices by these names, in every folder. */
const DEVICE = /^(?:aux|con|nul|prn|(?:com|lpt)\d)$/

/** Why a text is not a valid profile name, in words that follow it; `undefined` where it is. */
export function profileNameProblem(text: string): string | undefined {
  if (DEVICE.test(text)) return 'is a device of Windows'
  if (NAME.test(text)) return undefined
  return 'is not a profile name: use a-z, 0-9 and -, at most 32 characters, not - first'
}

export function isProfileName(text: unknown): text is string {
  return typeof text === 'string' && profileNameProblem(text) === undefined
}
