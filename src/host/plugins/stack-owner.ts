import {realpathSync} from 'node:fs'
import {sep} from 'node:path'
import {pathToFileURL} from 'node:url'
import {fieldOf} from '../../domain/text/thrown.js'

/** The plugin whose file is the nearest one in a stack; of nested folders the inner one. */
export function ownerInStack(
  error: unknown,
  roots: ReadonlyMap<string, string>,
): string | undefined {
  const places = [...roots]
    .flatMap(([root, plugin]) => spellingsOf(root).map((place) => ({place, plugin})))
    .sort((one, other) => other.place.length - one.place.length)
  const stack = fieldOf(error, 'stack')
  for (const line of typeof stack === 'string' ? stack.split('\n') : []) {
    if (!/^\s+at /.test(line)) continue // a message may name any file
    const found = places.find(({place}) => line.includes(place))
    if (found !== undefined) return found.plugin
  }
  return undefined
}

/** The forms in which a stack names a folder: as path or URL, with links followed. */
function spellingsOf(root: string): string[] {
  let real = root
  try {
    real = realpathSync(root)
  } catch {
    // It no longer exists: unchanged.
  }
  return [root, real].flatMap((path) => [`${path}${sep}`, `${pathToFileURL(path).href}/`])
}
