import {expect} from 'chai'
import {KeyDecoder} from '../../../../src/terminal/keys/key-decoder.js'
import type {KeyEvent} from '../../../../src/terminal/keys/sequences.js'

function decode(...pieces: (string | Uint8Array)[]): KeyEvent[] {
  const decoder = new KeyDecoder()
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))
  return bytes.flatMap((piece) => decoder.write(piece))
}

/** As text, with keys in angle brackets and pastes in square ones. */
function shown(events: readonly KeyEvent[]): string {
  return events
    .map((event) => {
      if (event.type === 'key') return `<${event.key}>`
      return event.type === 'paste' ? `[${event.text}]` : event.text
    })
    .join('')
}

const KEYS: readonly (readonly [bytes: string, key: string])[] = [
  ['\r', 'enter'],
  ['\n', 'ctrl+j'],
  ['\t', 'tab'],
  ['\x7f', 'backspace'],
  ['\b', 'backspace'],
  ['\x01', 'ctrl+a'],
  ['\x03', 'ctrl+c'],
  ['\x1a', 'ctrl+z'],
  ['\0', 'ctrl+space'],
  ['\x1f', 'ctrl+_'],
  ['\x1b\r', 'alt+enter'],
  ['\x1b\n', 'alt+enter'],
  ['\x1b\x7f', 'alt+backspace'],
  ['\x1bb', 'alt+b'],
  ['\x1bB', 'alt+b'],
  ['\x1bé', 'alt+é'],
  ['\x1b[A', 'up'],
  ['\x1bOA', 'up'],
  ['\x1b[1;5D', 'ctrl+left'],
  ['\x1b[1;3C', 'alt+right'],
  ['\x1b\x1b[C', 'alt+right'],
  ['\x1b[1;2A', 'shift+up'],
  ['\x1b[1;6A', 'ctrl+shift+up'],
  ['\x1b[H', 'home'],
  ['\x1bOF', 'end'],
  ['\x1b[1~', 'home'],
  ['\x1b[4~', 'end'],
  ['\x1b[7~', 'home'],
  ['\x1b[3~', 'delete'],
  ['\x1b[3;5~', 'ctrl+delete'],
  ['\x1b[5~', 'page-up'],
  ['\x1b[Z', 'shift+tab'],
  ['\x1bOM', 'enter'],
  // kitty's protocol
  ['\x1b[13;2u', 'shift+enter'],
  ['\x1b[13;5u', 'ctrl+enter'],
  ['\x1b[13;3u', 'alt+enter'],
  ['\x1b[13;130u', 'shift+enter'], // with Num Lock
  ['\x1b[27u', 'escape'],
  ['\x1b[99;5u', 'ctrl+c'],
  ['\x1b[67;6u', 'ctrl+c'],
  ['\x1b[106;5u', 'ctrl+j'],
  ['\x1b[98;3u', 'alt+b'],
  ['\x1b[98;33u', 'alt+b'], // Meta
  ['\x1b[9;2u', 'shift+tab'],
  ['\x1b[97:65;5:1u', 'ctrl+a'],
  ['\x1b[57414u', 'enter'],
  // modifyOtherKeys
  ['\x1b[27;2;13~', 'shift+enter'],
  ['\x1b[27;5;105~', 'ctrl+i'],
]

describe('KeyDecoder', () => {
  for (const [bytes, key] of KEYS) {
    it(`reads ${JSON.stringify(bytes)} as ${key}`, () => {
      expect(decode(bytes)).to.deep.equal([{type: 'key', key}])
    })
  }

  it('reads typed text as a whole', () => {
    expect(decode('héllo 日本 👩‍👩‍👧')).to.deep.equal([{type: 'text', text: 'héllo 日本 👩‍👩‍👧'}])
    expect(decode('\x1b[57400u\x1b[233u')).to.deep.equal([
      {type: 'text', text: '1'},
      {type: 'text', text: 'é'},
    ])
  })

  it('has the same result with any chunk boundaries, even inside a character', () => {
    const input = `a\x1b[1;5Dé日👩‍👧\x1b[200~x\ny\x1b[A\x1b[201~\x1b\r\x1bOA\x1b[13;2u\x1b]11;rgb\x07b\x1b[27;2;13~`
    const wanted = 'a<ctrl+left>é日👩‍👧[x\ny[A]<alt+enter><up><shift+enter>b<shift+enter>'
    const bytes = Buffer.from(input)
    expect(shown(decode(bytes))).to.equal(wanted)
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const events = decode(bytes.subarray(0, cut), bytes.subarray(cut))
      expect(shown(events), String(cut)).to.equal(wanted)
    }
    expect(shown(decode(...Array.from(bytes, (byte) => Uint8Array.of(byte))))).to.equal(wanted)
  })

  it('returns a paste as a whole, with LF, and without control characters', () => {
    const pasted = 'one\rtwo\r\nthree\n\tfour\x03\x1b[31m\x9b\u2028five'
    expect(decode(`\x1b[200~${pasted}\x1b[201~`)).to.deep.equal([
      {type: 'paste', text: 'one\ntwo\nthree\n\tfour[31m\nfive'},
    ])
    expect(decode('\x1b[200~\x1b[201~')).to.deep.equal([])
  })

  it('reads no key inside a paste, however slowly it arrives', () => {
    const decoder = new KeyDecoder()
    expect(decoder.write(Buffer.from('\x1b[200~a\x1b'))).to.deep.equal([])
    expect(decoder.isWaiting).to.equal(false)
    expect(decoder.flush()).to.deep.equal([])
    expect(decoder.write(Buffer.from('[201'))).to.deep.equal([])
    expect(decoder.write(Buffer.from('~\r'))).to.deep.equal([
      {type: 'paste', text: 'a'},
      {type: 'key', key: 'enter'},
    ])
  })

  it('lets Ctrl+C end a paste whose end was lost', () => {
    expect(shown(decode('\x1b[200~abc', '\x03'))).to.equal('[abc]<ctrl+c>')
  })

  it('waits after ESC, which alone is the key Escape', () => {
    const decoder = new KeyDecoder()
    expect(decoder.write(Buffer.from('\x1b'))).to.deep.equal([])
    expect(decoder.isWaiting).to.equal(true)
    expect(shown(decoder.flush())).to.equal('<escape>')
    expect(decoder.isWaiting).to.equal(false)
    decoder.write(Buffer.from('\x1b'))
    expect(shown(decoder.write(Buffer.from('[A')))).to.equal('<up>')
    decoder.write(Buffer.from('\x1b['))
    expect(shown(decoder.flush())).to.equal('<alt+[>')
    decoder.write(Buffer.from('\x1b[12;'))
    expect(shown(decoder.flush())).to.equal('')
    expect(shown(decoder.write(Buffer.from('x')))).to.equal('x')
  })

  it('loses no Ctrl+C that follows Escape', () => {
    expect(shown(decode('\x1b\x03'))).to.equal('<escape><ctrl+c>')
    expect(shown(decode('\x1b\x1b\x03'))).to.equal('<escape><escape><ctrl+c>')
  })

  it('skips anything but keys: responses of the terminal, mouse events, key releases', () => {
    const others =
      '\x1b[?1;2c\x1b[<0;1;1M\x1b]11;rgb:0/0/0\x1b\\\x1bP1$r\x1b\\\x1b[97;1:3u\x1b[I\x1b[[A'
    expect(shown(decode(`a${others}b`))).to.equal('ab')
  })

  it('drops an incomplete sequence, and continues', () => {
    expect(shown(decode('\x1b[12\rx'))).to.equal('<enter>x')
    expect(shown(decode('\x1b[1;\x1b[A'))).to.equal('<up>')
    expect(shown(decode(`\x1b[${'1;'.repeat(4000)}`, 'x'))).to.match(/x$/)
  })
})
