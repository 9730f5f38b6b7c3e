import {expect} from 'chai'
import {parse} from 'jsonc-parser'
import {BrokenHostFile, OtherForm} from '../../../../src/domain/mcp/host-file-trouble.js'
import {jsonEntry, withJsonEntry, withoutJsonEntry} from '../../../../src/domain/mcp/json-entry.js'

const MEMBERS = ['mcpServers', 'mogplex'] as const
const ENTRY = {command: 'mogplex', args: ['mcp', 'connect']}

/** Files in the formats of people and hosts, without our entry. */
const FILES: Record<string, string> = {
  'with another server': '{\n  "mcpServers": {\n    "a": {"command": "a"}\n  }\n}\n',
  'on one line': '{"mcpServers":{"a":{"command":"a"}}}',
  'with blanks on one line': '{ "mcpServers": { "a": {} }, "z": 1e400 }',
  'without servers': '{\n  "a": 1\n}\n',
  'without servers, on one line': '{"a": 1}',
  'without anything': '{}\n',
  'with tabs': '{\n\t"mcpServers": {\n\t\t"a": {}\n\t},\n\t"big": 12345678901234567890\n}\n',
  'with CR LF': '{\r\n    "mcpServers": {\r\n        "a": {}\r\n    }\r\n}\r\n',
  'with trailing commas': '{\n  "mcpServers": {\n    "a": {},\n  },\n}\n',
  'with comments': `{
  // mine
  "mcpServers": { // all of them
    /* the first */ "a": {}, // one
    // the second
    "b": {"command": "b"} /* , */ // two
    // the end
  },
  "__proto__": {"x": 1.0}, "twice": 1, "twice": 2
}
`,
  'with a comment before a comma': '{"mcpServers": {"a": 1 /* one */ , }}',
  'without a line break at its end': '{\n "mcpServers": {\n  "a": {}}}',
}

describe('the entry in a JSON file', () => {
  for (const [name, text] of Object.entries(FILES)) {
    it(`is added to a file ${name} and removed again, and everything else is unchanged`, () => {
      expect(jsonEntry(text, MEMBERS)).to.equal(undefined)
      const written = withJsonEntry(text, MEMBERS, ENTRY)
      expect(jsonEntry(written, MEMBERS)).to.deep.equal(ENTRY)
      expect(withJsonEntry(written, MEMBERS, ENTRY)).to.equal(written)
      expect(withoutJsonEntry(written, MEMBERS)).to.equal(text)
    })
  }

  it('uses the layout of the file, and moves no comment of others', () => {
    const text = '{\n\t"mcpServers": {\n\t\t"a": {} // one\n\t}\n}\n'
    expect(withJsonEntry(text, MEMBERS, {command: 'x'})).to.equal(
      '{\n\t"mcpServers": {\n\t\t"a": {}, // one\n\t\t"mogplex": {\n\t\t\t"command": "x"\n\t\t}\n\t}\n}\n',
    )
  })

  it('is the first server of a file without any', () => {
    for (const text of ['{}', '{\n}\n', '{"a": 1}', '{\n  "a": 1\n}\n', '{ // nothing\n}']) {
      const written = withJsonEntry(text, MEMBERS, ENTRY)
      expect(jsonEntry(written, MEMBERS), text).to.deep.equal(ENTRY)
      expect(jsonEntry(withoutJsonEntry(written, MEMBERS), MEMBERS)).to.equal(undefined)
    }
  })

  for (const [name, text, rest] of [
    ['the first', '{"mcpServers": {"mogplex": {}, "a": {}}}', '{"mcpServers": {"a": {}}}'],
    ['the last', '{"mcpServers": {"a": {}, "mogplex": {}}}', '{"mcpServers": {"a": {}}}'],
    [
      'between others',
      '{"mcpServers": {"a": {}, "mogplex": {}, "b": {}}}',
      '{"mcpServers": {"a": {}, "b": {}}}',
    ],
    ['alone, together with its parent', '{"mcpServers": {\n  "mogplex": {}\n}}', '{}'],
    ['alone before a comma', '{"a": 1, "mcpServers": {"mogplex": {}, }}', '{"a": 1}'],
    [
      'alone between other settings',
      '{\n  "a": 1,\n  "mcpServers": {"mogplex": {}},\n  "b": 2\n}',
      '{\n  "a": 1,\n  "b": 2\n}',
    ],
    ['beside a comment', '{"mcpServers": {"mogplex": {} /* it */}}', '{"mcpServers": { /* it */}}'],
    [
      'the first of several lines',
      '{"mcpServers": {\n  "mogplex": {\n  },\n\n  // a\n  "a": {}\n}}',
      '{"mcpServers": {\n\n  // a\n  "a": {}\n}}',
    ],
    [
      'before a comment of its own',
      '{"mcpServers": {\n  "a": {}, // a\n  "mogplex": {} // it\n}}',
      '{"mcpServers": {\n  "a": {} // a\n  // it\n}}',
    ],
  ] as const) {
    it(`is removed where it is ${name}`, () => {
      const left = withoutJsonEntry(text, MEMBERS)
      const lines = (source: string): string[] => source.split('\n').map((line) => line.trimEnd())
      expect(lines(left).map((line) => line.trim())).to.deep.equal(lines(rest).map((l) => l.trim()))
      expect(parse(left)).to.deep.equal(parse(rest))
    })
  }

  it('is not changed where a name is duplicated: hosts disagree on which one counts', () => {
    for (const text of [
      '{"mcpServers": {"mogplex": {}, "mogplex": {}}}',
      '{"mcpServers": {}, "mcpServers": {}}',
    ]) {
      expect(() => jsonEntry(text, MEMBERS)).to.throw(OtherForm)
    }
  })

  it('is not searched for in a file that is too deep for a parser', () => {
    const text = `{"mcpServers": ${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`
    expect(() => jsonEntry(text, MEMBERS)).to.throw(BrokenHostFile)
  })
})
