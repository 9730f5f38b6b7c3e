/** The hosts of GitHub clone addresses: Mogplex works on GitHub repositories. */
const HOSTS = new Set(['github.com', 'ssh.github.com', 'www.github.com'])
const SCP = /^(?:[^@/:\s]+@)?([\w.-]+):(?!\/\/)(.+)$/
const NAME = /^\/*([\w.-]+\/[\w.-]+?)(?:\.git)?\/*$/
const SECTION = /^\s*\[\s*remote\s+"origin"\s*\](.*)$/i
const ANY_SECTION = /^\s*\[/
const URL_LINE = /^\s*url\s*=\s*(.*)$/i

/**
 * The repository that `origin` of a Git configuration points to, `owner/name`. Nothing else is
 * read: included files and commands in it have no effect.
 *
 * @returns `undefined` where there is none at GitHub
 */
export function originIn(config: string): string | undefined {
  let isOrigin = false
  for (const line of config.split(/\r?\n/)) {
    const [, behind] = SECTION.exec(line) ?? []
    if (behind !== undefined) isOrigin = true
    else if (ANY_SECTION.test(line)) isOrigin = false
    const [, value] = isOrigin ? (URL_LINE.exec(behind ?? line) ?? []) : []
    if (value !== undefined) return repositoryAt(unquoted(value))
  }
  return undefined
}

/** The repository of a clone address; a password in it is ignored. */
export function repositoryAt(address: string): string | undefined {
  const [, scpHost, scpPath] = SCP.exec(address) ?? []
  const url = scpHost === undefined ? parsedUrl(address) : undefined
  const [host, path] = [scpHost ?? url?.hostname ?? '', scpPath ?? url?.pathname ?? '']
  if (!HOSTS.has(host.toLowerCase())) return undefined
  const [, name] = NAME.exec(path) ?? []
  return name?.split('/').some((part) => /^\.+$/.test(part)) === true ? undefined : name
}

/** A value in Git's syntax: optionally quoted, optionally followed by a comment. */
function unquoted(value: string): string {
  const [, quoted] = /^"([^"]*)"/.exec(value) ?? []
  return (quoted ?? value.replace(/\s[#;].*$/, '')).trim()
}

function parsedUrl(address: string): URL | undefined {
  try {
    return new URL(address)
  } catch {
    return undefined
  }
}
