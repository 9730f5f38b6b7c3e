const TOKEN = /([<>]=?|[\^~=])?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/g

const LONGEST = 200

type Version = readonly [number, number, number]

/**
 * Whether a version of Node is older than everything `engines.node` of a package allows. Only lower
 * bounds count: that a Node is too new is a guess by package authors, and usually wrong.
 *
 * @param range - in npm's syntax: `>=22`, `^20.19
 * >=22.12`
 * @param version - such as `20.20.2`
 */
export function needsNewerNode(range: string, version: string): boolean {
  if (range.length > LONGEST) return false // not a real range, and slow to parse
  const [ours = [0, 0, 0]] = versionsIn(version)
  const bounds = range.split('||').map((part) => versionsIn(part.split(' - ')[0] ?? '').at(-1))
  return bounds.every((bound) => bound !== undefined && isOlder(ours, bound))
}

/** The lower bounds in a text, lowest first. */
function versionsIn(text: string): Version[] {
  return [...text.matchAll(TOKEN)]
    .filter(([, operator = '']) => !operator.startsWith('<'))
    .map(([, , ...parts]): Version => {
      const [major = 0, minor = 0, patch = 0] = parts.map((part) => Number(part) || 0)
      return [major, minor, patch]
    })
    .sort((a, b) => (isOlder(a, b) ? -1 : 1))
}

function isOlder(a: Version, b: Version): boolean {
  const index = a.findIndex((part, at) => part !== b[at])
  return index !== -1 && (a[index] ?? 0) < (b[index] ?? 0)
}
