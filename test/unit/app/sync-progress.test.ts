import {expect} from 'chai'
import {syncProgressLine} from '../../../src/app/sync-progress.js'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import {MARKED} from './make-display-options.js'

describe('syncProgressLine', () => {
  const {palette} = MARKED

  it('reports the start and the end of each list', () => {
    const started = {type: 'started', what: 'mcp-servers'} as const
    expect(syncProgressLine(started, palette)).to.equal('<faint Syncing the MCP servers …>')
    const done = {type: 'done', what: 'models', count: 42} as const
    expect(syncProgressLine(done, palette)).to.equal('<faint 42 models synced.>')
    const one = {type: 'done', what: 'mcp-servers', count: 1} as const
    expect(syncProgressLine(one, palette)).to.equal('<faint 1 MCP server synced.>')
  })

  it('says why a list was not synced, and what to do', () => {
    const error = new RemoteError('It broke.', 'Try again.')
    expect(syncProgressLine({type: 'failed', what: 'models', error}, palette)).to.equal(
      'The models were not synced. It broke. Try again.',
    )
  })
})
