import {mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect} from 'chai'
import {startLocalCloud} from '../src/index.js'
import {authorizationUrl, refresh} from './support/authorization-request.js'
import {ADA, GRACE, refreshNext, works} from './support/next-cloud.js'

describe('the data file', () => {
  let folder: string
  let dataFile: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'local-cloud-'))
    dataFile = join(folder, 'cloud.json')
  })
  afterEach(() => rm(folder, {recursive: true}))

  it('preserves tokens, sessions and accounts across a restart', async () => {
    const first = await startLocalCloud({dataFile})
    const browser = first.browser('ada@example.test')
    await browser.authorize(authorizationUrl(first.url))
    const {access_token, refresh_token = ''} = await first.signIn('grace@example.test')
    await first.close()

    const second = await startLocalCloud({dataFile, port: first.port})
    try {
      expect(await (await browser.fetch('/')).text()).to.include('<strong>Ada Lovelace</strong>')
      const headers = {authorization: `Bearer ${access_token}`}
      expect((await fetch(`${second.url}/api/v1/mogplex/repos`, {headers})).status).to.equal(200)
      expect((await refresh(second.url, refresh_token)).status).to.equal(200)
      expect(second.secrets()).to.include(refresh_token)
      await second.signIn('ada@example.test')
    } finally {
      await second.close()
    }
  })

  it('belongs to its profile, and preserves that across a restart', async () => {
    const first = await startLocalCloud({dataFile, profile: 'next'})
    const {access_token, refresh_token} = await first.signIn(ADA)
    const {refresh_token: used} = await first.signIn(GRACE)
    await refreshNext(first.url, used)
    await first.close()

    const failure: unknown = await startLocalCloud({dataFile}).catch((error: unknown) => error)
    expect(String(failure)).to.include(`${dataFile} is of the profile next.`)
    const second = await startLocalCloud({dataFile, profile: 'next', port: first.port})
    try {
      expect(await works(second, access_token)).to.equal(true)
      expect((await refreshNext(second.url, refresh_token)).status).to.equal(200)
      expect((await refreshNext(second.url, used)).status, 'the same answer again').to.equal(200)
    } finally {
      await second.close()
    }
  })

  it('is on disk before the answer, owner-only, and leaves nothing beside it', async () => {
    const cloud = await startLocalCloud({dataFile})
    try {
      const {access_token} = await cloud.signIn('ada@example.test')
      expect(await readFile(dataFile, 'utf8')).to.include(access_token)
      expect((await stat(dataFile)).mode & 0o777).to.equal(0o600)
      expect(await readdir(folder)).to.deep.equal(['cloud.json'])
    } finally {
      await cloud.close()
    }
  })

  it('accepts new callback ports after a restart', async () => {
    await (await startLocalCloud({dataFile})).close()
    const cloud = await startLocalCloud({dataFile, callbackPorts: [45_679]})
    try {
      const redirect_uri = 'http://127.0.0.1:45679/auth/callback'
      const url = authorizationUrl(cloud.url, {redirect_uri})
      const back = await cloud.browser('ada@example.test').authorize(url)
      expect(back.port).to.equal('45679')
    } finally {
      await cloud.close()
    }
  })

  for (const [what, text] of [
    ['broken', '{"secret": "s3cret'],
    ['of another shape', '{"secret": "s3cret", "tables": []}'],
  ] as const) {
    it(`is not changed when it is ${what}, and its contents are not shown`, async () => {
      await writeFile(dataFile, text)
      const failure: unknown = await startLocalCloud({dataFile}).then(
        () => undefined,
        (error: unknown) => error,
      )
      expect(String(failure)).to.include(dataFile).and.not.include('s3cret')
      expect(await readFile(dataFile, 'utf8')).to.equal(text)
    })
  }
})
