import {ensureFolder} from '../../../src/adapters/home.js'
import {SessionLog} from '../../../src/adapters/session-log.js'
import {Recorder} from '../../../src/recording/recorder.js'

/** A recorder whose log is in this home. */
export function recorderAt(home: string): Recorder {
  return new Recorder({
    env: {},
    version: '0',
    argv: [],
    credentials: () => ({}),
    makeLog: async (log) => Promise.resolve(new SessionLog({...log, home, ensureFolder})),
  })
}
