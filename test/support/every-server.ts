import {setCloudStage} from './cloud-stage.js'
import type {EveryServerOptions, ServerStage} from './server-stage.js'
import {setStrictServerStage} from './strict-server-stage.js'

export type {EveryServerOptions, ServerStage} from './server-stage.js'

const KINDS = {
  hosted: (options: EveryServerOptions) => setCloudStage('hosted', options),
  next: (options: EveryServerOptions) => setCloudStage('next', options),
  strict: setStrictServerStage,
}

/** Runs a scenario once with each kind of server, in a separate suite. */
export function forEveryServer(
  title: string,
  story: (server: ServerStage) => void,
  options: EveryServerOptions = {},
): void {
  for (const [kind, setServerStage] of Object.entries(KINDS)) {
    describe(`${title}, at a server of the kind "${kind}"`, function () {
      this.timeout(60_000) // a scenario runs the CLI several times
      story(setServerStage(options))
    })
  }
}
