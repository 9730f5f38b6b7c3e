import {MogplexCommand} from '@mogplex/plugin-kit'
import {catalogText, type Model, readCatalog} from '../catalog.js'

export default class Catalog extends MogplexCommand {
  static override auth = 'account' as const
  static override summary = 'List the models of the account.'
  static override enableJsonFlag = true

  async run(): Promise<Model[]> {
    await this.parse(Catalog)
    const models = await readCatalog(await this.session())
    this.log(catalogText(models))
    return models
  }
}
