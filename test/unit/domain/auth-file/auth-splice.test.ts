import {expect} from 'chai'
import {
  memberText,
  memberTexts,
  withFields,
  withMember,
  withoutMember,
} from '../../../../src/domain/auth-file/auth-splice.js'

/** Values that parsing and serialising would damage. */
const NASTY = [
  '"big": 12345678901234567890123',
  '"huge": 1e400, "one": 1.0, "minus": -0, "exponent": 1E+5',
  '"escaped \\u0041\\/\\"}{": "\\ud800 \\u0000 \\\\"',
  '"twice": 1 , "twice"  :2',
  '"__proto__": {"mogplex": 1}',
  '"2": "two", "1": "one"',
  '"mogplex ": [ {"mogplex": "nested"} , [ ] , "}" ]',
  '"ключ":\t"значение \u2028"',
]

function deep(levels: number): string {
  return `${'[{"a":'.repeat(levels)}1${'}]'.repeat(levels)}`
}

describe('withMember', () => {
  it('adds a member to an empty object, indented by two spaces', () => {
    const text =
      '{\n  "mogplex": {\n    "type": "oauth",\n    "scopes": [\n      "read"\n    ]\n  }\n}\n'
    for (const empty of ['{}\n', '{ }\n', '{\n}\n', '{\n\n  }\n']) {
      expect(withMember(empty, 'mogplex', {type: 'oauth', scopes: ['read']})).to.equal(text)
    }
  })

  it('adds a member after the last one, which keeps its bytes', () => {
    expect(withMember('{\n  "a": 1\n}\n', 'b', 2)).to.equal('{\n  "a": 1,\n  "b": 2\n}\n')
    expect(withMember('{"a":1}', 'b', 2)).to.equal('{"a":1,\n  "b": 2\n}')
    expect(withMember('{"a":1 }', 'b', 2)).to.equal('{"a":1,\n  "b": 2\n}')
  })

  it('replaces a value in place', () => {
    expect(withMember('{ "a":1, "b" : {"x": [2]} , "c":3 }', 'b', null)).to.equal(
      '{ "a":1, "b" : null , "c":3 }',
    )
  })

  it('keeps every other member byte for byte', () => {
    for (const member of NASTY) {
      const set = withMember(`{${member}}`, 'mogplex', {a: 1})
      expect(set).to.equal(`{${member},\n  "mogplex": {\n    "a": 1\n  }\n}`)
      const around = (value: string): string => `\n{ ${member}, "mogplex": ${value} ,${member} }\r`
      expect(withMember(around('{"old": [1]}'), 'mogplex', 7)).to.equal(around('7'))
      expect(withoutMember(around('{"old": [1]}'), 'mogplex')).to.equal(
        `\n{ ${member} ,${member} }\r`,
      )
    }
  })

  it('replaces duplicates of the member by one, and leaves duplicates of others', () => {
    const text = '{"m": 1, "x": 1, "m": 2, "x": 2, "m": 3}'
    expect(withMember(text, 'm', 9)).to.equal('{"x": 1, "x": 2, "m": 9}')
  })

  it('recognises the member by its name, however it is escaped', () => {
    expect(withMember('{"mogple\\u0078": 1}', 'mogplex', 2)).to.equal('{"mogple\\u0078": 2}')
    expect(withMember('{}', 'a"b\n', 2)).to.equal('{\n  "a\\"b\\n": 2\n}')
  })

  it('can set `__proto__`', () => {
    expect(withMember('{"__proto__": 1}', '__proto__', 2)).to.equal('{"__proto__": 2}')
  })

  it('uses the line ends of the file', () => {
    expect(withMember('{\r\n  "a": 1\r\n}\r\n', 'b', {c: 2})).to.equal(
      '{\r\n  "a": 1,\r\n  "b": {\r\n    "c": 2\r\n  }\r\n}\r\n',
    )
  })

  it('works beside and inside 100,000 levels of nesting', () => {
    const nested = deep(50_000)
    expect(withMember(`{"deep": ${nested}}`, 'm', 1)).to.equal(`{"deep": ${nested},\n  "m": 1\n}`)
    expect(withMember(`{"m": ${nested}, "a": 1}`, 'm', 1)).to.equal('{"m": 1, "a": 1}')
    expect(memberText(`{"m": ${nested}}`, 'm')).to.equal(nested)
  })

  it('refuses a text that is not one JSON object, and does not quote it', () => {
    for (const text of ['', '[]', '{"a": "sk-hidden-4711"', '{"a": 1,}', '{/**/}', '\uFEFF{}']) {
      expect(() => withMember(text, 'm', 1), text).to.throw(/^The text of the auth file is not one/)
    }
  })
})

describe('withoutMember', () => {
  it('removes a member at any position', () => {
    expect(withoutMember('{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}\n', 'a')).to.equal(
      '{\n  "b": 2,\n  "c": 3\n}\n',
    )
    expect(withoutMember('{"a": 1, "b": 2, "c": 3}', 'b')).to.equal('{"a": 1, "c": 3}')
    expect(withoutMember('{"a": 1, "b": 2, "c": 3 }', 'c')).to.equal('{"a": 1, "b": 2 }')
  })

  it('leaves an empty object when it was the only one', () => {
    expect(withoutMember('{\n  "a": {"b": 1}\n}\n', 'a')).to.equal('{}\n')
  })

  it('removes all duplicates', () => {
    expect(withoutMember('{"m": 1, "m": 2, "x": 1, "m": 3, "y": 2}', 'm')).to.equal(
      '{"x": 1, "y": 2}',
    )
    expect(withoutMember('{"m": 1, "m": 2}', 'm')).to.equal('{}')
  })

  it('removes only the selected duplicates', () => {
    expect(withoutMember('{"m": 1, "m": [2], "m": 3}', 'm', (value) => value !== '[2]')).to.equal(
      '{"m": [2]}',
    )
  })

  it('leaves a text without such a member unchanged', () => {
    expect(withoutMember('{ "x": {"m": 1}, "y": "m" }', 'm')).to.equal(
      '{ "x": {"m": 1}, "y": "m" }',
    )
  })
})

describe('withFields', () => {
  it('changes the last one of duplicates, and leaves those before it, byte for byte', () => {
    const text = '{"m": {"theirs" : 1e400}, "a": 1, "m": {"ours": 1}}'
    expect(withFields(text, 'm', {ours: 2})).to.equal(
      '{"m": {"theirs" : 1e400}, "a": 1, "m": {"ours": 2}}',
    )
  })

  it('sets and removes fields of a member, and keeps the others byte for byte', () => {
    const text = '{"m": {"a": 1, "later": 1.0 , "b": 2}, "x": 1e400}'
    expect(withFields(text, 'm', {a: 'new', b: undefined})).to.equal(
      '{"m": {"a": "new", "later": 1.0}, "x": 1e400}',
    )
  })

  it('indents a new field like the member', () => {
    const text = withMember('{}\n', 'm', {a: 1})
    expect(withFields(text, 'm', {b: {c: 2}})).to.equal(withMember('{}\n', 'm', {a: 1, b: {c: 2}}))
  })
})

describe('memberText', () => {
  it('returns the source text of a value, of duplicates the last', () => {
    expect(memberText('{"m": 1, "n": [ 1.0 ] , "m":  {"a" : 1e400} }', 'm')).to.equal(
      '{"a" : 1e400}',
    )
    expect(memberTexts('{"m": 1, "m": 2}', 'm')).to.deep.equal(['1', '2'])
    expect(memberText('{"x": {"m": 1}}', 'm')).to.equal(undefined)
  })
})
