import {expect} from 'chai'
import {mkdir, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {findLeaks} from './leaks.js'
import {temporaryHome} from './temporary-home.js'

const TOKEN = 'dGhpc0lzQVRva2VuT2ZBZGE1'
const ODD = 'pa"ss/wörd +%\n&7'

const encodingsFound = (secret: string, text: string): string[] =>
  findLeaks({secrets: [secret], texts: {screen: text}}).map(({encoding}) => encoding)

describe('findLeaks', () => {
  it('finds nothing where there is nothing', async () => {
    const home = await temporaryHome()
    await writeFile(join(home, 'log'), `${TOKEN.slice(0, 20)}…`)
    expect(
      findLeaks({secrets: [TOKEN, ODD], texts: {screen: '[redacted]'}, folder: home}),
    ).to.deep.equal([])
  })

  it('names place, secret and encoding, and never the secret', () => {
    const texts = {screen: 'nothing', stderr: `Authorization: Bearer ${TOKEN}\n`}
    expect(findLeaks({secrets: [ODD, TOKEN], texts})).to.deep.equal([
      {where: 'stderr', secretIndex: 1, encoding: 'plain'},
    ])
  })

  const spellings: Record<string, [encoding: string, text: string][]> = {
    'as JSON': [
      ['json', JSON.stringify({error: ODD})],
      ['json', String.raw`pa\"ss\/wörd +%\n&7`],
      ['json', String.raw`pa\"ss/w\u00f6rd +%\n&7`],
      ['json twice', JSON.stringify(JSON.stringify(ODD))],
    ],
    'URL-encoded, in both cases': [
      ['url', `?code=${encodeURIComponent(ODD)}&x=1`],
      ['url', `?code=${encodeURIComponent(ODD).replace(/%../g, (hex) => hex.toLowerCase())}`],
      ['url', new URLSearchParams({code: ODD}).toString()],
      ['url twice', encodeURIComponent(encodeURIComponent(ODD))],
    ],
    'in HTML': [['html', 'value="pa&quot;ss/wörd +%\n&amp;7"']],
    'in hexadecimal digits': [
      ['hex', Buffer.from(`>${ODD}<`).toString('hex')],
      ['hex', Buffer.from(ODD).toString('hex').toUpperCase()],
    ],
  }
  for (const [how, cases] of Object.entries(spellings)) {
    it(`finds a secret ${how}`, () => {
      for (const [encoding, text] of cases) expect(encodingsFound(ODD, text)).to.include(encoding)
    })
  }

  for (const alphabet of ['base64', 'base64url'] as const) {
    it(`finds a secret in ${alphabet}, whatever is around it`, () => {
      const secret = 'ÿþ>>>???~~~ÿÿ>>' // contains the characters in which the alphabets differ
      for (const before of ['', 'a', 'ab', 'abc', 'user:']) {
        for (const behind of ['', 'z', 'zy', 'zyx']) {
          const text = Buffer.from(before + secret + behind).toString(alphabet)
          expect(encodingsFound(secret, `Basic ${text}`)).to.include(alphabet)
        }
      }
    })
  }

  it('finds a secret that colours, line breaks or a frame split', () => {
    const [head, tail] = [TOKEN.slice(0, 10), TOKEN.slice(10)]
    const cuts = [
      '\n',
      '\r\n    ',
      ' │\n│ ',
      '\x1b[1;31m',
      '\x1b[K\r\n\x1b[2C',
      '\u200b',
      String.raw`\n`,
      String.raw`\u001b[0m`,
      '\x1b]8;;https://example.test\x07',
    ]
    for (const cut of cuts) {
      expect(encodingsFound(TOKEN, `Bearer ${head}${cut}${tail}.`), JSON.stringify(cut)).to.eql([
        'plain',
      ])
    }
    const base64 = Buffer.from(TOKEN).toString('base64')
    expect(encodingsFound(TOKEN, base64.replace(/(.{9})/g, '$1\n'))).to.include('base64')
  })

  it('searches all files below a folder, including binary ones, except the exceptions', async () => {
    const home = await temporaryHome()
    await mkdir(join(home, '.mogplex', 'logs'), {recursive: true})
    await mkdir(join(home, 'kept'))
    await writeFile(join(home, '.mogplex', 'auth.json'), TOKEN)
    await writeFile(join(home, 'kept', 'deep'), TOKEN)
    const bytes = [Buffer.from([0xff, 0xfe, 0, 0x80]), Buffer.from(TOKEN), Buffer.from([0xc3])]
    await writeFile(join(home, '.mogplex', 'logs', 'core'), Buffer.concat(bytes))
    await writeFile(join(home, 'wide'), Buffer.from(TOKEN, 'utf16le'))
    await symlink(`/nowhere/${TOKEN}`, join(home, 'link'))
    const except = ['.mogplex/auth.json', 'kept']
    const leaks = findLeaks({secrets: [TOKEN], folder: home, except})
    expect(leaks.map(({where}) => where)).to.deep.equal(['.mogplex/logs/core', 'link', 'wide'])
  })

  it('finds a secret in the name of a file, and does not repeat it', async () => {
    const home = await temporaryHome()
    await writeFile(join(home, `${TOKEN}.lock`), TOKEN)
    const leaks = findLeaks({secrets: [TOKEN], folder: home})
    expect(leaks.map(({where}) => where)).to.deep.equal(['[secret].lock', 'the names of the files'])
    expect(JSON.stringify(leaks)).not.to.contain(TOKEN)
  })

  it('refuses a secret that is too short to be significant, without quoting it', () => {
    const search = () => findLeaks({secrets: [TOKEN, 'hunter2']})
    expect(search).to.throw(/^Secret 1 is under 8 characters(?!.*hunter2)/)
  })
})
