import {expect} from 'chai'
import {createRedactor, knownSecrets} from '@mogplex/redaction'
import type {LinePiece} from '../../../src/adapters/session-log/read-log.js'
import {verifyLogs} from '../../../src/services/verify-logs.js'

const known = knownSecrets()
known.know('hunter2hunter2')
const redactor = createRedactor({known})

function verify(files: Record<string, readonly LinePiece[]>) {
  return verifyLogs({
    files: () => Object.keys(files).map((name) => ({name, path: name})),
    linesOf: (path) => files[path] ?? [],
    find: (text) => redactor.find(text),
  })
}

const line = (text: string, number = 1): LinePiece => ({
  line: number,
  text,
  toldBefore: 0,
  isWhole: true,
})

describe('verifyLogs', () => {
  it('finds nothing in redacted text', () => {
    const dirty =
      '{"url":"https://x.test/?code=abc&a=1","token":"t","h":["cookie","a=b"],"x":"hunter2hunter2"}'
    expect(verify({a: [line(redactor.redact(dirty))], b: []})).to.deep.include({files: 2, found: 0})
  })

  it('reports its progress, after each 25 million characters', () => {
    const told: number[] = []
    const half = line('x'.repeat(13_000_000))
    verifyLogs({
      files: () => ['a', 'b', 'c'].map((name) => ({name, path: name})),
      linesOf: () => [half, half],
      find: () => [],
      onProgress: (characters) => told.push(characters),
    })
    expect(told).to.deep.equal([26_000_000, 52_000_000, 78_000_000])
  })

  it('names the searched files, and those that contain credentials like auth.json', () => {
    const secret = line('{"token":"hunter2hunter2"}')
    const copy = 'auth.json.broken-2026'
    const {found, searched, copies, lines} = verify({
      [copy]: [secret],
      'auth.json.foreign-2026': [line('{}')],
      'auth.json.refresh': [secret],
      'history.jsonl': [line('{"text":"hi"}')],
    })
    expect(searched).to.have.lengthOf(4).and.to.include('history.jsonl')
    expect(copies).to.deep.equal([copy])
    expect(lines.map(({file}) => file)).to.deep.equal(['auth.json.refresh'])
    expect(found).to.equal(1)
  })

  it('finds values, names and formats, and says where', () => {
    const {found, lines} = verify({
      a: [line('all well'), line('aHVudGVyMmh1bnRlcjI=', 2)],
      b: [line('{"password":"x"} ghp_0123456789abcdefghijABCDEFGHIJ012345')],
    })
    expect(found).to.equal(3)
    expect(lines).to.deep.equal([
      {file: 'a', line: 2, kinds: ['value']},
      {file: 'b', line: 1, kinds: ['name', 'shape']},
    ])
  })

  it('counts duplicates once', () => {
    const first = '漢hunter2hunter2 and'
    const pieces = [
      {line: 1, text: first, toldBefore: 0, isWhole: false},
      {line: 1, text: `${first} so on`, toldBefore: first.length, isWhole: false},
    ]
    expect(verify({a: pieces}).found).to.equal(1)
    expect(verify({a: pieces}).characters).to.equal(`${first} so on`.length)
  })

  it('finds a secret that is split in two', () => {
    const pieces = [
      {line: 1, text: 'x hunter2', toldBefore: 0, isWhole: false},
      {line: 1, text: 'x hunter2hunter2', toldBefore: 'x hunter2'.length, isWhole: false},
    ]
    expect(verify({a: pieces}).found).to.equal(1)
  })
})
