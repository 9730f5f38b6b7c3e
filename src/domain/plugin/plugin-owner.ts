/** The plugin for which something is done. */
export interface PluginOwner {
  readonly name: string
  readonly version: string
}

// What npm lets be a name, and semver a version: no blank, no bracket, nothing beyond ASCII.
const NAME = /^(?:@[a-z0-9-~][a-z0-9-._~]*\/)?[a-z0-9-~][a-z0-9-._~]*$/i
const VERSION = /^[0-9A-Za-z.+-]{1,64}$/

/**
 * What names the plugin in the user agent (RFC 9110 §10.1.5), as a comment: the name of a scope is no
 * token. Nothing where its package.json names what npm would not take.
 */
export function userAgentOf(own: string, owner: PluginOwner | undefined): string {
  if (owner === undefined || !NAME.test(owner.name) || owner.name.length > 214) return own
  const version = VERSION.test(owner.version) ? `@${owner.version}` : ''
  return `${own} (plugin ${owner.name}${version})`
}
