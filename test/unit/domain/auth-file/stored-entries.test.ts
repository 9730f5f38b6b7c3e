import {expect} from 'chai'
import {readAuthDocument} from '../../../../src/domain/auth-file/auth-document.js'
import {isCodexFile, storedEntries} from '../../../../src/domain/auth-file/stored-entries.js'

const PATH = '/home/ada/.mogplex/auth.json'
const KEY = {type: 'api-key', key: 'sk-stored-1', obtainedAt: '2026-11-23T16:00:00.000Z'}

function entriesOf(file: object, codexFile = false) {
  return storedEntries(readAuthDocument(JSON.stringify(file)), PATH, {codexFile})
}

function summary(file: object, codexFile = false): string[] {
  return entriesOf(file, codexFile).map(
    ({provider, state, member, codex}) =>
      `${provider} ${state} ${member}${codex === true ? ' codex' : ''}`,
  )
}

describe('storedEntries', () => {
  it('lists stored entries in the order of the provider table', () => {
    expect(summary({vercel: KEY, openai: KEY, other: KEY, mogplex: {type: 'other'}})).to.deep.equal(
      ['mogplex foreign mogplex', 'openai usable openai', 'vercel usable vercel'],
    )
  })

  it('is empty for a file that is missing, empty or broken', () => {
    for (const contents of [undefined, '', '{']) {
      expect(storedEntries(readAuthDocument(contents), PATH, {codexFile: true})).to.deep.equal([])
    }
  })

  it("ignores Codex's key unless the file may be Codex's", () => {
    expect(summary({OPENAI_API_KEY: 'sk-codex'})).to.deep.equal([])
  })

  it("counts Codex's key as a stored key of OpenAI", () => {
    const [entry] = entriesOf({OPENAI_API_KEY: ' sk-codex\n', tokens: {}}, true)
    if (entry?.state !== 'usable' || entry.credential.type !== 'api-key') throw new Error('No key.')
    expect(entry).to.include({provider: 'openai', member: 'OPENAI_API_KEY', codex: true})
    expect(entry.credential.key.reveal()).to.equal('sk-codex')
    expect(entry.credential.source).to.deep.equal({type: 'file', path: PATH})
  })

  it("prefers a usable key of ours to Codex's", () => {
    expect(summary({OPENAI_API_KEY: 'sk-codex', openai: KEY}, true)).to.deep.equal([
      'openai usable openai',
    ])
  })

  it("puts Codex's key before a foreign member of ours", () => {
    expect(summary({OPENAI_API_KEY: 'sk-codex', openai: 'x'}, true)).to.deep.equal([
      'openai usable OPENAI_API_KEY codex',
      'openai foreign openai',
    ])
  })

  it("ignores Codex's key when it is blank or not a string", () => {
    for (const key of ['', ' \n', null, 7, {}]) {
      expect(summary({OPENAI_API_KEY: key}, true), JSON.stringify(key)).to.deep.equal([])
    }
  })

  it("treats Codex's key as foreign when no header could carry it", () => {
    expect(summary({OPENAI_API_KEY: 'sk-\u0000codex'}, true)).to.deep.equal([
      'openai foreign OPENAI_API_KEY codex',
    ])
  })
})

describe('isCodexFile', () => {
  it("recognises Codex's file by any of its members", () => {
    for (const member of ['OPENAI_API_KEY', 'tokens', 'last_refresh']) {
      expect(isCodexFile(readAuthDocument(JSON.stringify({[member]: null}))), member).to.equal(true)
    }
    expect(isCodexFile(readAuthDocument('{"openai": {}}'))).to.equal(false)
    expect(isCodexFile(readAuthDocument(undefined))).to.equal(false)
  })
})
