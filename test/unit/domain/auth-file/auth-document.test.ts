import {expect} from 'chai'
import {inspect} from 'node:util'
import {
  type AuthDocument,
  readAuthDocument,
} from '../../../../src/domain/auth-file/auth-document.js'

function whole(contents: string | Uint8Array) {
  const document = readAuthDocument(contents)
  if (document.state !== 'whole') throw new Error(`The document is ${document.state}.`)
  return document.members
}

function why(document: AuthDocument): string {
  return document.state === 'broken' ? document.why : `not broken: ${document.state}`
}

describe('readAuthDocument', () => {
  it('distinguishes a missing file from an empty one', () => {
    expect(readAuthDocument(undefined)).to.deep.equal({state: 'missing'})
    expect(readAuthDocument('')).to.deep.equal({state: 'empty'})
  })

  it('treats blanks, and a byte order mark alone, as an empty file', () => {
    for (const text of [' \t\r\n', '\uFEFF', '\uFEFF\n']) {
      expect(readAuthDocument(text), JSON.stringify(text)).to.deep.equal({state: 'empty'})
    }
    expect(readAuthDocument(Buffer.from('\uFEFF'))).to.deep.equal({state: 'empty'})
  })

  it('reads the members of one JSON object, without its byte order mark', () => {
    expect(whole(Buffer.from('\uFEFF\uFEFF{}')).text()).to.equal('{}')
    const members = whole(Buffer.from('\uFEFF{"a": 1, "b": null}\n'))
    expect(members.get('a')).to.equal(1)
    expect(members.has('b')).to.equal(true)
    expect(members.has('c')).to.equal(false)
    expect(members.text()).to.equal('{"a": 1, "b": null}\n')
  })

  it('lets the last of duplicates count', () => {
    expect(whole('{"a": 1, "a": 2}').get('a')).to.equal(2)
  })

  it('treats `__proto__` and `constructor` as ordinary members', () => {
    expect(whole('{"__proto__": {"mogplex": 1}}').has('mogplex')).to.equal(false)
    expect(whole('{"__proto__": 1}').get('__proto__')).to.equal(1)
    expect(whole('{}').get('constructor')).to.equal(undefined)
  })

  it('reports invalid JSON as broken, and never quotes it', () => {
    const texts = [
      '{"key": "sk-hidden-4711"',
      '{key: sk-hidden-4711}',
      '// sk-hidden-4711\n{}',
      '{}{}',
    ]
    for (const text of texts) {
      expect(readAuthDocument(text), text).to.deep.equal({state: 'broken', why: 'it is not JSON'})
    }
  })

  it('reports JSON as broken that is not one object', () => {
    for (const text of ['[]', '"sk-hidden-4711"', '4711', 'null', 'true']) {
      expect(why(readAuthDocument(text)), text).to.equal('it is not one JSON object')
    }
  })

  it('reports binary data and other encodings as broken', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{}', 'utf16le')])
    for (const bytes of [Buffer.from([0x7b, 0xff, 0x7d]), Buffer.from([0xc3]), utf16]) {
      expect(why(readAuthDocument(bytes))).to.equal('it is not UTF-8 text')
    }
    expect(why(readAuthDocument(Buffer.alloc(64)))).to.equal('it is not JSON')
  })

  it('reads 100,000 levels of nesting, and handles as many that are never closed', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(whole(`{"deep": ${deep}}`).has('deep')).to.equal(true)
    expect(why(readAuthDocument(`{"deep": ${'['.repeat(100_000)}`))).to.equal('it is not JSON')
  })

  it('shows no contents when it is printed or serialised', () => {
    const document = readAuthDocument('{"mogplex": {"nested": {"key": "sk-hidden-4711"}}}')
    const shown = [inspect(document, {depth: 9, showHidden: true}), JSON.stringify(document)]
    expect(shown.join('\n')).not.to.include('4711')
  })
})
