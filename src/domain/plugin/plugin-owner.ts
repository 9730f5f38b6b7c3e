/** The plugin on whose behalf something is done. */
export interface PluginOwner {
  readonly name: string
  readonly version: string
}

// What npm accepts as a name, and semver as a version: no blank, no bracket, ASCII only.
const NAME = /^(?:@[a-z0-9-~][a-z0-9-._~]*\/)?[a-z0-9-~][a-z0-9-._~]*$/i
const VERSION = /^[0-9A-Za-z.+-]{1,64}$/

/**
 * Names the plugin in the user agent (RFC 9110 §10.1.5), as a comment, because a scoped name is not
 * a token. Empty where its package.json has a name that npm would reject.
 */
export function userAgentOf(own: string, owner: PluginOwner | undefined): string {
  if (owner === undefined || !NAME.test(owner.name) || owner.name.length > 214) return own
  const version = VERSION.test(owner.version) ? `@${owner.version}` : ''
  return `${own} (plugin ${owner.name}${version})`
}
