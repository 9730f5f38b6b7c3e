import {expect} from 'chai'
import {stripVTControlCharacters} from 'node:util'
import {qrCodesOn} from '../../../../src/app/sign-in/qr-code.js'

const ADDRESS = 'https://mogplex.com/device?user_code=WDJB-MJHT'
const SCREEN = {isTTY: true, columns: 80, rows: 40}
const WIDTH = 33 // version 3, and a border of 2 on each side
const HEIGHT = 17

async function draw(
  screen: object = SCREEN,
  env: Record<string, string> = {},
  argv: string[] = [],
): Promise<string[] | undefined> {
  return (await qrCodesOn(screen, {LANG: 'C.UTF-8', ...env}, argv))?.(ADDRESS, 10)
}

describe('qrCodesOn', () => {
  it('draws a code of half blocks, light on dark', async () => {
    const lines = (await draw()) ?? []
    expect(lines).to.have.lengthOf(HEIGHT)
    for (const line of lines) {
      expect(line).to.match(/^\x1b\[97m\x1b\[40m[█▀▄ ]{33}\x1b\[49m\x1b\[39m$/)
    }
    const plain = lines.map((line) => stripVTControlCharacters(line))
    expect(plain[0], 'the border').to.equal('█'.repeat(WIDTH))
    expect(plain[1]).to.match(/^██ ▄▄▄▄▄ .* ▄▄▄▄▄ ██$/)
  })

  for (const [env, argv] of [
    [{NO_COLOR: '1'}, []],
    [{}, ['--no-color']],
  ] as const) {
    it(`uses no colour with ${JSON.stringify(env)} and ${argv.join(' ') || 'no flag'}`, async () => {
      const lines = (await draw(SCREEN, {...env}, [...argv])) ?? []
      expect(lines).to.have.lengthOf(HEIGHT)
      for (const line of lines) expect(line).to.match(/^[█▀▄ ]{33}$/)
    })
  }

  it('draws none where it would not fit', async () => {
    expect(await draw({...SCREEN, columns: WIDTH + 1})).to.have.lengthOf(HEIGHT)
    expect(await draw({...SCREEN, columns: WIDTH})).to.deep.equal([])
    expect(await draw({...SCREEN, rows: HEIGHT + 11})).to.have.lengthOf(HEIGHT)
    expect(await draw({...SCREEN, rows: HEIGHT + 10})).to.deep.equal([])
    expect(await draw({isTTY: true})).to.deep.equal([])
  })

  for (const [screen, env] of [
    [{...SCREEN, isTTY: false}, {}],
    [{columns: 80, rows: 40}, {}],
    [SCREEN, {TERM: 'dumb'}],
    [SCREEN, {LANG: 'C'}],
    [SCREEN, {LC_ALL: 'POSIX', LANG: 'en_US.UTF-8'}],
  ] as const) {
    it(`cannot draw at ${JSON.stringify({...screen, ...env})}`, async () => {
      expect(await draw(screen, {...env})).to.equal(undefined)
    })
  }

  it('can draw where the locale says UTF-8 in any spelling', async () => {
    for (const LANG of ['C.UTF-8', 'de_DE.utf8']) {
      expect(await draw(SCREEN, {LANG})).to.have.lengthOf(HEIGHT)
    }
  })
})
