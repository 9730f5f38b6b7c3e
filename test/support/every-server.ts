import {setCloudStage} from './cloud-stage.js'
import type {EveryServerOptions, ServerStage} from './server-stage.js'
import {setStrictServerStage} from './strict-server-stage.js'

export type {EveryServerOptions, ServerStage} from './server-stage.js'

/** Tells a story once at each kind of server, in a suite of its own. */
export function forEveryServer(
  title: string,
  story: (server: ServerStage) => void,
  options: EveryServerOptions = {},
): void {
  for (const profile of ['hosted', 'next'] as const) {
    describe(`${title}, at a server of the kind "${profile}"`, () => {
      story(setCloudStage(profile, options))
    })
  }
  describe(`${title}, at a server of the kind "strict"`, () => {
    story(setStrictServerStage(options))
  })
}
