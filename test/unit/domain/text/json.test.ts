import {expect} from 'chai'
import {inspect} from 'node:util'
import {asRecord, asText, isNestedDeeper, parseJson} from '../../../../src/domain/text/json.js'

describe('parseJson', () => {
  it('reads JSON of any kind', () => {
    expect(parseJson('{"a":[1,null]}')).to.deep.equal({a: [1, null]})
    expect(parseJson('null')).to.equal(null)
    expect(parseJson('"text"')).to.equal('text')
    expect(parseJson('\uFEFF {}')).to.deep.equal({})
  })

  for (const text of [
    '',
    '{',
    '<html>',
    '{"a":1}x',
    "{'a':1}",
    '\uFEFF',
    '\uFEFF\uFEFF{}',
    'undefined',
  ]) {
    it(`is undefined for ${JSON.stringify(text)}`, () => {
      expect(parseJson(text)).to.equal(undefined)
    })
  }
})

describe('isNestedDeeper', () => {
  it('counts objects and lists, and no brackets in strings', () => {
    const cases: [text: string, deeper: number][] = [
      ['{"a": [{}]}', 3],
      ['[[], [], {}]', 2],
      ['["[[[[", "\\\\", "\\"[[", 1]', 1],
      ['"[', 0],
      ['1', 0],
    ]
    for (const [text, levels] of cases) {
      expect(isNestedDeeper(text, levels), text).to.equal(false)
      if (levels > 0) expect(isNestedDeeper(text, levels - 1), text).to.equal(true)
    }
  })
})

describe('asRecord', () => {
  it('is the object itself', () => {
    const value = {a: 1}
    expect(asRecord(value)).to.equal(value)
  })

  for (const value of [undefined, null, [], [{}], 'text', 1, true]) {
    it(`is undefined for ${inspect(value)}`, () => {
      expect(asRecord(value)).to.equal(undefined)
    })
  }
})

describe('asText', () => {
  it('is a non-empty string, and nothing else', () => {
    expect(asText('a')).to.equal('a')
    expect(asText(' ')).to.equal(' ')
    for (const value of ['', undefined, null, 1, ['a'], {}])
      expect(asText(value)).to.equal(undefined)
  })
})
