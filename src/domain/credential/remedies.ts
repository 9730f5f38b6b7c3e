import type {Credential} from './credential.js'
import {isRefused, STORING_A_KEY} from './login-for-prompts.js'
import type {TraceEntry} from './precedence.js'
import {PROVIDERS} from './provider-table.js'
import {unsetting} from '../platform/shell.js'

/** The command that changes the outcome for a source; `undefined` where there is nothing to do. */
export function remedyFor(entry: TraceEntry): string | undefined {
  switch (entry.state) {
    case 'absent':
    case 'empty':
      return undefined
    case 'outranked':
      return outrankedBy(entry.by ?? '', entry)
    case 'elsewhere':
    case 'expired':
    case 'foreign':
    case 'rejected':
      if (isRefused(entry)) return STORING_A_KEY
      if (entry.source.type === 'env') return unsetting(entry.source.variable)
      return entry.provider === 'mogplex' ? 'mogplex login' : undefined
    case 'malformed':
      return removalOf(entry)
    case 'used':
      return misleading(entry) ?? removalOf(entry)
  }
}

/** The key is valid, but the address that replaces its provider's default is not. */
function misleading({baseUrl}: TraceEntry): string | undefined {
  return baseUrl !== undefined && baseUrl.url === undefined
    ? unsetting(baseUrl.variable)
    : undefined
}

/** The command that removes a credential. */
export function removalOf({
  source,
  provider,
  credential,
}: Pick<TraceEntry, 'provider' | 'source'> & {
  readonly credential?: Credential | undefined
}): string {
  if (source.type === 'env') return unsetting(source.variable)
  if (provider === 'mogplex') return 'mogplex logout'
  const isOurs = credential?.obtainedAt !== undefined
  return isOurs ? `mogplex logout --provider ${provider}` : unsetting('CODEX_HOME')
}

function outrankedBy(name: string, {provider: own}: TraceEntry): string | undefined {
  if (PROVIDERS.some(({variable}) => variable === name)) return unsetting(name)
  const [provider] = name.split(' ')
  // No command removes only one of a login and the key beside it.
  if (own === 'mogplex') return undefined
  if (provider === 'mogplex-key') return 'mogplex logout'
  return provider === 'mogplex' ? 'mogplex logout' : `mogplex logout --provider ${provider ?? ''}`
}
