import {UsageError} from '../errors/usage.js'
import {printable} from '../text/printable.js'
import {isPackageName} from './manifest-flaw.js'

/** The argument of `mogplex plugins install`. */
export type PluginSpec =
  | {readonly kind: 'npm'; readonly name: string; readonly tag: string}
  /** A tarball or a folder; as typed, without `file:`. */
  | {readonly kind: 'file'; readonly path: string}
  /** An address for npm: https, git, ssh. */
  | {readonly kind: 'url'; readonly url: string}

const FILE = /^(?:\.{1,2}$|\.{0,2}[\\/]|[a-z]:[\\/])/i
const TARBALL = /\.(?:tgz|tar|tar\.gz)$/i
const OWNER_AND_REPOSITORY = /^[\w.-]+\/[\w.-]+(?:#[\w./-]+)?$/
const TAG = /^[\w.^~<>=*| +-]{1,100}$/

/**
 * @throws {UsageError} exit 2, when it is not a package name, a file or an address
 */
export function parsePluginSpec(text: string): PluginSpec {
  if (text.startsWith('file:'))
    return {kind: 'file', path: text.replace(/^file:(?:\/\/(?=\/))?/, '')}
  if (FILE.test(text)) return {kind: 'file', path: text}
  if (text.includes(':')) return {kind: 'url', url: text}
  const at = text.lastIndexOf('@')
  const [name, tag] = at > 0 ? [text.slice(0, at), text.slice(at + 1)] : [text, 'latest']
  if (isPackageName(name) && TAG.test(tag)) {
    const isFile = at <= 0 && !name.startsWith('@') && TARBALL.test(name)
    return isFile ? {kind: 'file', path: text} : {kind: 'npm', name, tag}
  }
  if (TARBALL.test(text)) return {kind: 'file', path: text}
  if (OWNER_AND_REPOSITORY.test(text)) return {kind: 'url', url: `https://github.com/${text}`}
  throw new UsageError(
    `${JSON.stringify(printable(text, 100))} is not the name of a package.`,
    'Use a name such as `my-plugin` or `@me/my-plugin@1.2.0`, a file such as `./my-plugin.tgz`, or an address.',
  )
}
