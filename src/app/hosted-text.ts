import type {AccountReport} from '@mogplex/plugin-kit/session'
import type {HostedCounts} from '../domain/hosted/hosted-state.js'
import type {McpServerEntry} from '../domain/hosted/mcp-servers.js'
import {modelAccessPages} from '../domain/chat/model-access.js'
import type {ModelEntry} from '../domain/hosted/model-catalog.js'
import {counted} from '../domain/text/counted.js'
import type {Listing} from '../services/list-hosted-state.js'
import type {DisplayOptions} from './identity-text.js'
import {perMillionText, tokensText} from './model-figures.js'
import {rows} from '../terminal/rows.js'
import {type Column, table} from '../terminal/table.js'
import {when} from './when.js'
import {wrap} from '../terminal/wrap.js'

/** How a list is shown, and its width; `undefined` where the reader is not a terminal. */
export interface ListDisplayOptions extends DisplayOptions {
  readonly columns: number | undefined
}

// In less, an address does not fit beside its label.
const NARROW = 60

const MODEL_COLUMNS: readonly Column<ModelEntry>[] = [
  {title: 'model', cell: ({id}) => id},
  {title: 'name', cell: ({name}) => name, shrinks: true},
  {
    title: 'context',
    cell: ({contextLength}) => (contextLength === null ? '' : tokensText(contextLength)),
  },
  {title: 'price per 1M', cell: priceText},
]

const MCP_COLUMNS: readonly Column<McpServerEntry>[] = [
  {title: 'MCP server', cell: ({name}) => name},
  {title: 'state', cell: ({enabled}) => (enabled ? 'enabled' : 'disabled')},
  {title: 'kind', cell: ({kind}) => kind},
  {title: 'where', cell: ({host, command}) => host ?? command ?? ''},
  {title: 'headers', cell: ({headers}) => headers.join(', ')},
  {title: 'variables', cell: ({variables}) => variables.join(', ')},
]

/**
 * The model catalog, for people.
 *
 * @param siteRoot - the Mogplex address, without a trailing slash
 */
export function modelsText(
  listing: Listing<ModelEntry>,
  siteRoot: string,
  display: ListDisplayOptions,
): string {
  if (listing.total === 0) {
    return `${noModelAccessText(siteRoot, display)}\n\n${syncedText(listing, display)}`
  }
  return listText(listing, MODEL_COLUMNS, 'No model', display)
}

/** The MCP servers, for people. */
export function mcpServersText(
  listing: Listing<McpServerEntry>,
  display: ListDisplayOptions,
): string {
  if (listing.total === 0) {
    return `This account has no MCP servers.\n\n${syncedText(listing, display)}`
  }
  return listText(listing, MCP_COLUMNS, 'No MCP server', display)
}

/** What an account without model access lacks, and where to get it. */
export function noModelAccessText(
  siteRoot: string,
  {columns}: Pick<ListDisplayOptions, 'columns'>,
): string {
  const {availableModels, plansAndBilling} = modelAccessPages(siteRoot)
  const narrow = columns !== undefined && columns < NARROW
  const where = rows([
    ['Available Models', availableModels],
    ['Plans & Billing', plansAndBilling],
  ])
  return [
    wrap('This account is signed in but has no access to models.', columns),
    ...where.map((line) => (narrow ? line.replace(/ +(?=https?:)/, '\n  ') : line)),
  ].join('\n')
}

/** `42 models, 3 MCP servers`; empty where there are neither. */
export function countsText({models, mcpServers}: HostedCounts): string {
  return [modelsCount(models), mcpServersCount(mcpServers)]
    .filter((text) => !text.startsWith('0 '))
    .join(', ')
}

export function modelsCount(count: number): string {
  return counted(count, 'model')
}

export function mcpServersCount(count: number): string {
  return counted(count, 'MCP server')
}

function listText<T>(
  listing: Listing<T>,
  columns: readonly Column<T>[],
  none: string,
  display: ListDisplayOptions,
): string {
  const {entries, total} = listing
  const body =
    entries.length === 0
      ? `${none} of ${total} matches.`
      : table(entries, columns, {palette: display.palette, columns: display.columns})
  return `${body}\n\n${syncedText(listing, display)}`
}

function priceText({pricing: {input, output}}: ModelEntry): string {
  return [
    input === null ? '' : `${perMillionText(input)} in`,
    output === null ? '' : `${perMillionText(output)} out`,
  ]
    .filter((text) => text !== '')
    .join(', ')
}

/** The time and the account of the list: `synced 17:00, ada@example.com`. */
function syncedText(
  {syncedAt, account}: Pick<Listing<unknown>, 'account' | 'syncedAt'>,
  {palette, now}: DisplayOptions,
): string {
  return palette.faint(`synced ${when(syncedAt, now)}, ${ownerText(account)}`)
}

function ownerText({email, name, id, source}: AccountReport): string {
  const known = email ?? name ?? id
  if (known !== null) return known
  return source.type === 'env' ? source.variable : 'the stored credential'
}
