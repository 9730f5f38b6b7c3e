import {ExitCode, MogplexError, type Session, table} from '@mogplex/plugin-kit'

export interface Model {
  readonly id: string
  readonly name: string
}

export class CatalogError extends MogplexError {
  readonly code = 'CATALOG_NOT_UNDERSTOOD'
  readonly exitCode = ExitCode.Remote
  readonly remedy = 'Update the plugin: `mogplex plugins update`.'

  constructor() {
    super('The catalog of models was not understood.')
  }
}

/** The models of the account. What the server answers is checked before it is trusted. */
export async function readCatalog(session: Session, signal?: AbortSignal): Promise<Model[]> {
  const data = await session.request('/models', signal && {signal})
  const models = typeof data === 'object' && data !== null && 'models' in data ? data.models : data
  if (!Array.isArray(models)) throw new CatalogError()
  return models.filter(isModel).map(({id, name}) => ({id, name}))
}

export function catalogText(models: readonly Model[], width?: number): string {
  return table(
    models,
    [
      {title: 'model', cell: ({id}) => id},
      {title: 'name', cell: ({name}) => name, shrinks: true},
    ],
    width === undefined ? {} : {width},
  )
}

function isModel(value: unknown): value is Model {
  if (typeof value !== 'object' || value === null) return false
  return (
    'id' in value &&
    typeof value.id === 'string' &&
    'name' in value &&
    typeof value.name === 'string'
  )
}
