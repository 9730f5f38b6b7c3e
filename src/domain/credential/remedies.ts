import type {TraceEntry} from './precedence.js'
import {PROVIDERS} from './provider-table.js'

/** The command that changes what became of a source; `undefined` where there is nothing to do. */
export function remedyFor(entry: TraceEntry): string | undefined {
  switch (entry.state) {
    case 'absent':
    case 'empty':
      return undefined
    case 'outranked':
      return outrankedBy(entry.by ?? '')
    case 'elsewhere':
    case 'expired':
    case 'foreign':
    case 'rejected':
      return entry.provider === 'mogplex' ? 'mogplex login' : undefined
    case 'malformed':
    case 'used':
      return removal(entry)
  }
}

function removal({source, provider, credential}: TraceEntry): string {
  if (source.type === 'env') return `unset ${source.variable}`
  if (provider === 'mogplex') return 'mogplex logout'
  const isOurs = credential?.obtainedAt !== undefined
  return isOurs ? `mogplex logout --provider ${provider}` : 'unset CODEX_HOME'
}

function outrankedBy(name: string): string {
  if (PROVIDERS.some(({variable}) => variable === name)) return `unset ${name}`
  const [provider] = name.split(' ')
  return provider === 'mogplex' ? 'mogplex logout' : `mogplex logout --provider ${provider ?? ''}`
}
