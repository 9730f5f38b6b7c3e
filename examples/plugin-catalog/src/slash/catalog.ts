import type {SlashCommand} from '@mogplex/plugin-kit'
import {catalogText, readCatalog} from '../catalog.js'

const catalog: SlashCommand = async ({session, text, columns, signal, print}) => {
  const models = await readCatalog(session, signal)
  print(
    catalogText(
      models.filter(({id}) => id.includes(text)),
      columns,
    ),
  )
}

catalog.complete = async (_prefix, {session, signal}) => {
  const models = await readCatalog(session, signal)
  return models.map(({id, name}) => ({value: id, summary: name}))
}

export default catalog
