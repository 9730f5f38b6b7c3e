import {expect} from 'chai'
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {SignInStage} from './sign-in-stage.js'

const PRINTS = `
  process.stdout.write(process.argv[1] ?? '')
  process.stderr.write(process.argv[2] ?? '')
`
const command = [process.execPath, '-e', PRINTS] as const

describe('sign-in stage', () => {
  const stage = new SignInStage({})
  before(() => stage.open())
  beforeEach(() => stage.beginTest())
  after(() => stage.close())

  it('finds a token of the cloud on standard output and on standard error', async () => {
    const {access_token: token, refresh_token: other = ''} =
      await stage.cloud.signIn('ada@example.test')
    await stage.run([token, other], {command})
    const places = (await stage.leaks()).map(({where}) => where.replace(/.*, /, ''))
    expect(places).to.include.members(['stdout', 'stderr'])
  })

  it('finds a secret of the test on the screen, in colours, and in a file of the home', async () => {
    stage.secret('a-key-of-this-test')
    const colours = '\x1b[31ma-key-\x1b[0mof-this-test'
    await stage.terminal([colours], {command}).exit
    await writeFile(join(stage.home, 'log.txt'), 'a-key-of-this-test')
    const places = (await stage.leaks()).map(({where}) => where.replace(/.*, /, ''))
    expect(places).to.include.members(['raw', 'screen', 'log.txt'])
  })

  it('allows secrets in auth.json, and in no file beside it', async () => {
    const {accessToken} = await stage.putLogin()
    expect(await stage.leaks()).to.deep.equal([])
    await writeFile(`${stage.authPath}.bak`, accessToken)
    expect(await stage.leaks()).not.to.deep.equal([])
  })
})
