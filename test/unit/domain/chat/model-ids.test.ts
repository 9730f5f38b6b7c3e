import {expect} from 'chai'
import {pickModel} from '../../../../src/domain/chat/model-ids.js'

describe('pickModel', () => {
  for (const [name, listed, picked] of [
    ['the wanted model where it is listed', ['whisper-1', 'gpt-5-pro', 'gpt-5'], 'gpt-5'],
    ["the wanted model under Google's name for it", ['models/gpt-5'], 'models/gpt-5'],
    ['a dated version of it', ['other', 'gpt-5-2026-01-01'], 'gpt-5-2026-01-01'],
    ['else the first that could chat', ['text-embedding-3', 'tts-1', 'stub-1', 'b'], 'stub-1'],
    ['the wanted model where no list is available', [], 'gpt-5'],
    ['the wanted model where none could chat', ['whisper-1'], 'gpt-5'],
  ] as const) {
    it(`takes ${name}`, () => {
      expect(pickModel('gpt-5', listed)).to.equal(picked)
    })
  }
})
