import headless from '@xterm/headless'
import {expect} from 'chai'
import {LiveRegion} from '../../../src/terminal/live-region.js'
import {wholeText} from '../../support/screen-text.js'

/** xterm.js, the emulator here. */
const EMULATOR = {TERM_PROGRAM: 'vscode'}
const HIDE_CURSOR = '\u001B[?25l'
const SHOW_CURSOR = '\u001B[?25h'

describe('LiveRegion', () => {
  let terminal: headless.Terminal
  let region: LiveRegion
  let written: string
  beforeEach(() => {
    terminal = new headless.Terminal({cols: 40, rows: 10, allowProposedApi: true, convertEol: true})
    written = ''
    region = new LiveRegion((text) => {
      written += text
      terminal.write(text)
    }, EMULATOR)
  })
  const shown = async (): Promise<string> =>
    new Promise((resolve) => terminal.write('', () => resolve(wholeText(terminal))))
  const draw = (rows: readonly string[], lines: readonly string[] = []): void =>
    region.draw({rows, columns: terminal.cols}, lines)

  it('is redrawn in the same place', async () => {
    for (const spinner of ['|', '/', '-']) draw(['', `${spinner} busy`, 'hint'])
    expect(await shown()).to.equal('\n- busy\nhint')
  })

  it('stays below scrolling text, which is shown once', async () => {
    draw(['busy', 'hint'])
    for (let line = 1; line <= 30; line += 1) draw(['busy', 'hint'], [`line ${line}`])
    const lines = (await shown()).split('\n')
    expect(lines.slice(0, 30)).to.deep.equal(Array.from({length: 30}, (_, i) => `line ${i + 1}`))
    expect(lines.slice(30)).to.deep.equal(['busy', 'hint'])
  })

  for (const columns of [40, 30, 60]) {
    it(`removes its caption with itself, in a window of ${columns} columns by then`, async () => {
      terminal.write('before\r\n')
      const address = `https://mogplex.com/${'x'.repeat(70)}`
      region.caption(['Go to:', '', address, ''], terminal.cols)
      for (const spinner of ['|', '/', '-']) draw([`${spinner} busy`])
      expect(await shown()).to.equal(`before\nGo to:\n\n${address}\n\n- busy`)
      await shown()
      terminal.resize(columns, 10)
      region.erase(columns, ['what stays'])
      expect(await shown()).to.equal('before\nwhat stays')
    })
  }

  it('leaves nothing behind when it is erased, except lines in its place', async () => {
    draw(['busy', 'hint'])
    region.erase(40, ['what stays'])
    terminal.write('after')
    expect(await shown()).to.equal('what stays\nafter')
  })

  it('stays unchanged when it is left, with later output below it', async () => {
    region.draw({rows: ['busy', 'typed', 'hint'], cursor: {row: 1, before: 'ty'}, columns: 40})
    region.leave()
    terminal.write('after')
    draw(['again'])
    expect(await shown()).to.equal('busy\ntyped\nhint\nagain')
  })

  it('hides the cursor where nobody types, and restores it', () => {
    for (const end of [() => region.erase(40), () => region.leave()]) {
      draw(['busy'])
      expect(written.lastIndexOf(HIDE_CURSOR)).to.be.above(written.lastIndexOf(SHOW_CURSOR))
      end()
      expect(written.endsWith(SHOW_CURSOR)).to.equal(true)
    }
    region.draw({rows: ['typed'], cursor: {row: 0, before: 'ty'}, columns: 40})
    expect(written.lastIndexOf(SHOW_CURSOR)).to.be.above(written.lastIndexOf(HIDE_CURSOR))
  })

  it('writes nothing when nothing has changed, or nothing was drawn', () => {
    region.erase(40)
    region.leave()
    expect(written).to.equal('')
    draw(['busy'])
    const before = written
    draw(['busy'])
    expect(written).to.equal(before)
    region.leave()
    draw(['busy'])
    expect(written.split('busy')).to.have.length(3)
  })

  it('can become longer, and shorter', async () => {
    draw(['one'])
    draw(['one', 'two', 'three'])
    draw(['one', 'two'])
    expect(await shown()).to.equal('one\ntwo')
  })

  it('handles a terminal that becomes narrower and wider', async () => {
    draw(['a head of thirty-five columns width', 'hint'], ['above'])
    for (const columns of [20, 80, 40]) {
      await shown()
      terminal.resize(columns, 10)
      draw([`${columns} wide`, 'hint'])
    }
    expect(await shown()).to.equal('above\n40 wide\nhint')
  })

  it('uses one row per line however wide its characters turn out to be', async () => {
    draw(['🏳️‍🌈'.repeat(30), 'hint'])
    draw(['done', 'hint'])
    expect(await shown()).to.equal('done\nhint')
  })

  it('draws in ASCII where the locale has no more', async () => {
    const ascii = new LiveRegion((text) => terminal.write(text), {...EMULATOR, LANG: 'C'})
    ascii.draw({rows: ['› typed', '──', 'a · b …', 'cut…'], columns: 40}, ['✓ done'])
    expect(await shown()).to.equal('+ done\n> typed\n--\na - b ...\ncut~')
  })
})
