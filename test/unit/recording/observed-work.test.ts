import {expect} from 'chai'
import {observedRuns} from '../../../src/recording/observed-work.js'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import type {RunSource, RunUpdate} from '../../../src/domain/run/run-source.js'
import {Secret} from '../../../src/domain/credential/secret.js'
import {recorderAt} from './recorder-at.js'
import {temporaryHome} from '../../support/temporary-home.js'

const TOKEN = 'hGyTvQkPzWmXcRbNsLdFjKaEuYtIoQpZ'

describe('observedRuns', () => {
  let runs: RunSource
  beforeEach(async () => {
    new Secret(TOKEN)
    const error = () => new RemoteError(`It says {"token":"${TOKEN}"}.`)
    const source: RunSource = {
      async *follow(): AsyncGenerator<RunUpdate, void> {
        yield await Promise.resolve({type: 'trouble', error: error(), retryMs: 1000})
        yield {type: 'signed-out', error: error(), account: undefined, until: new Date(0)}
      },
      cancel: async () => Promise.reject(error()),
      repositoryName: async () => Promise.resolve(undefined),
    }
    const home = await temporaryHome()
    const recorder = recorderAt(home)
    runs = observedRuns(source, recorder)
  })

  it('print nothing secret about a temporary failure, or an ended sign-in', async () => {
    const {signal} = new AbortController()
    for await (const update of runs.follow('run', signal)) {
      const message = 'error' in update ? update.error.message : ''
      expect(message).to.equal('It says {"token":"[redacted]"}.')
    }
  })

  it('print nothing secret about a refused cancellation', async () => {
    const {signal} = new AbortController()
    const failed = await runs.cancel('run', signal).catch((error: unknown) => error)
    expect(String(failed)).to.include('[redacted]').and.not.to.include(TOKEN)
  })
})
