import {expect} from 'chai'
import {
  withAmended,
  withRemoved,
  withStored,
} from '../../../../src/domain/auth-file/auth-changes.js'
import {readAuthDocument} from '../../../../src/domain/auth-file/auth-document.js'
import {storedEntries} from '../../../../src/domain/auth-file/stored-entries.js'
import {BrokenAuthFileError, LocalFileError} from '../../../../src/domain/errors/local-files.js'
import {Secret} from '../../../../src/domain/credential/secret.js'
import {makeKey, makeLogin} from '../../../support/make-credential.js'

const NOW = new Date('2026-11-23T17:00:00.000Z')
const PATH = '/home/ada/.mogplex/auth.json'

function found(text?: string) {
  const bytes = text === undefined ? undefined : Buffer.from(text)
  const document = readAuthDocument(bytes)
  const entries = storedEntries(document, PATH, {codexFile: false})
  return {path: PATH, bytes, document, entries}
}

describe('withStored', () => {
  it('creates the text of a missing file', () => {
    const {text, aside, result} = withStored(found(), makeKey('groq'), NOW)
    expect(text).to.match(/^\{\n {2}"groq": \{$/m)
    expect(aside).to.equal(undefined)
    expect(result).to.deep.equal({member: 'groq', replaced: []})
  })

  it('saves a broken file, byte for byte', () => {
    const {aside} = withStored(found('{"groq": '), makeKey('groq'), NOW)
    expect(aside?.path).to.equal(`${PATH}.broken-2026-11-23T17-00-00-000Z`)
    expect(String(aside?.contents)).to.equal('{"groq": ')
  })

  it('saves foreign members of that name', () => {
    const {aside} = withStored(found('{"groq": [1.0], "a": 1}'), makeKey('groq'), NOW)
    expect(aside?.path).to.equal(`${PATH}.foreign-2026-11-23T17-00-00-000Z`)
    expect(aside?.contents).to.equal('{"groq": [1.0]}\n')
  })

  it('refuses a credential that could not be read again', () => {
    const key = makeKey('groq', {key: new Secret('')})
    expect(() => withStored(found(), key, NOW)).to.throw(LocalFileError, 'cannot be stored')
  })
})

describe('withRemoved', () => {
  it('returns no text where there is nothing to remove', () => {
    for (const text of [undefined, '{}', '{"groq": "theirs"}']) {
      expect(withRemoved(found(text), ['groq'])).to.deep.equal({result: [], text: undefined})
    }
  })

  it('refuses a file that is broken', () => {
    expect(() => withRemoved(found('{'), ['groq'])).to.throw(BrokenAuthFileError)
  })
})

describe('withAmended', () => {
  it('returns no text where the login is another one, or does not change', () => {
    const login = makeLogin({grantId: 'grant-1'})
    const {text} = withStored(found(), login, NOW)
    const unchanged = {result: false, text: undefined}
    expect(withAmended(found(text), 'grant-2', (old) => old)).to.deep.equal(unchanged)
    expect(withAmended(found(text), 'grant-1', () => undefined)).to.deep.equal(unchanged)
  })
})
