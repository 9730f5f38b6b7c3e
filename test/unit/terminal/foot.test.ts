import headless from '@xterm/headless'
import {expect} from 'chai'
import {Foot} from '../../../src/terminal/foot.js'
import {wholeText} from '../../support/screen-text.js'

describe('Foot', () => {
  let terminal: headless.Terminal
  let foot: Foot
  let written: string
  beforeEach(() => {
    terminal = new headless.Terminal({
      ...{cols: 40, rows: 10, allowProposedApi: true, convertEol: true},
    })
    written = ''
    foot = new Foot({
      write(text) {
        written += text
        terminal.write(text)
      },
      get columns() {
        return terminal.cols
      },
    })
  })
  const shown = async (): Promise<string> =>
    new Promise((resolve) => terminal.write('', () => resolve(wholeText(terminal))))

  it('is written again and again in the same place', async () => {
    for (const spinner of ['|', '/', '-']) foot.draw(['', `${spinner} busy`, 'hint'])
    expect(await shown()).to.equal('\n- busy\nhint')
  })

  it('stays below what scrolls by, which is shown once', async () => {
    foot.draw(['busy', 'hint'])
    for (let line = 1; line <= 30; line += 1) foot.print([`line ${line}`], ['busy', 'hint'])
    const lines = (await shown()).split('\n')
    expect(lines.slice(0, 30)).to.deep.equal(Array.from({length: 30}, (_, i) => `line ${i + 1}`))
    expect(lines.slice(30)).to.deep.equal(['busy', 'hint'])
  })

  it('leaves nothing behind when it is taken away, and shows the cursor', async () => {
    foot.draw(['busy', 'hint'])
    foot.clear()
    terminal.write('after')
    expect(await shown()).to.equal('after')
    expect(written.endsWith('\u001B[?25h')).to.equal(true)
  })

  it('writes nothing when nothing has changed', () => {
    foot.draw(['busy'])
    const before = written
    foot.draw(['busy'])
    expect(written).to.equal(before)
    new Foot({write: () => expect.fail('nothing was drawn'), columns: 40}).clear()
  })

  it('can become longer, shorter, or nothing', async () => {
    foot.draw(['one'])
    foot.draw(['one', 'two', 'three'])
    foot.draw(['one', 'two'])
    expect(await shown()).to.equal('one\ntwo')
    foot.draw([])
    expect(await shown()).to.equal('')
  })

  it('survives a terminal that becomes narrower and wider', async () => {
    foot.print(['above'], ['a head of thirty-five columns width', 'hint'])
    for (const columns of [20, 11, 80, 40]) {
      await shown()
      terminal.resize(columns, 10)
      foot.draw([`${columns} wide`, 'hint'])
    }
    expect(await shown()).to.equal('above\n40 wide\nhint')
  })

  it('takes one row a line however wide its characters turn out to be', async () => {
    foot.draw(['🏳️‍🌈'.repeat(30), 'hint'])
    foot.draw(['done', 'hint'])
    expect(await shown()).to.equal('done\nhint')
  })

  it('never clears what is above it', () => {
    foot.print(['above'], ['busy', 'hint'])
    foot.print(['more'], ['busy', 'hint'])
    expect(written).not.to.match(/\u001B\[[0-3]?J|\u001B\[\d*;?\d*H/)
  })
})
