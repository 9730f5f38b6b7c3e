import {Help as OclifHelp} from '@oclif/core'

/** oclif's help, which knows that bare `mogplex` is a command too: the hidden `app`. */
export default class Help extends OclifHelp {
  override formatRoot(): string {
    return super.formatRoot().replace('$ mogplex [COMMAND]', '$ mogplex\n  $ mogplex COMMAND')
  }
}
