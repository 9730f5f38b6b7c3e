import {expect} from 'chai'
import {mkdirSync, readdirSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {racingWorkers} from '../support/reliability/racing-workers.js'
import {storm} from '../support/reliability/storm.js'
import {expectNoLoss, useLab} from '../support/reliability/use-lab.js'
import {itOnPosix} from '../support/system-under-test.js'
import {temporaryHome} from '../support/temporary-home.js'

describe('many processes that find an expired access token', () => {
  const use = useLab()

  it('make one refresh together, and all continue with the newest pair', async () => {
    const {lab} = use
    const result = await storm(lab, {processes: 8, rounds: 1})
    expectNoLoss(result)
    expect(lab.beside()).to.deep.equal([])
  }).timeout(120_000)

  it('lose nothing while another one reads the file all the time', async () => {
    const {lab} = use
    const over = new AbortController()
    const codes = new Set<number | undefined>()
    const reads = (async () => {
      while (!over.signal.aborted)
        codes.add((await lab.run(['whoami', '--json'], {timeoutMs: 60_000})).code)
    })()
    const result = await storm(lab, {processes: 6, rounds: 2})
    over.abort()
    await reads
    expectNoLoss(result)
    expect([...codes]).to.deep.equal([0])
    expect(lab.beside()).to.deep.equal([])
  }).timeout(180_000)

  itOnPosix('make one refresh together from two homes that link to one file', async () => {
    const {lab} = use
    const other = join(lab.home, 'other')
    mkdirSync(other, {mode: 0o700})
    symlinkSync(join(lab.folder, 'auth.json'), join(other, 'auth.json'))
    lab.expire()
    lab.refreshes()
    const homes = [lab.folder, other, lab.folder, other]
    const answers = await Promise.all(
      homes.map(async (MOGPLEX_HOME) => lab.run(['whoami', '--verify'], {env: {MOGPLEX_HOME}})),
    )
    expect(answers.map(({code, stderr}) => `${code ?? ''}${stderr}`)).to.deep.equal(
      homes.map(() => '0'),
    )
    expect(lab.refreshes()).to.equal(1)
    expect(await lab.server.knows(lab.stored().accessToken)).to.equal(true)
    expect(readdirSync(other)).to.deep.equal(['auth.json', 'logs'])
    expect(lab.beside()).to.deep.equal([])
  }).timeout(120_000)

  it('all get the error that one of them hit', async () => {
    const {lab} = use
    lab.expire()
    lab.refreshes()
    const end = lab.server.intercept(async ({url}) =>
      Promise.resolve(url.endsWith('/token') ? new Response('', {status: 503}) : undefined),
    )
    const {host} = new URL(lab.server.issuer)
    const answers = await Promise.all([1, 2, 3, 4].map(async () => lab.run(['whoami', '--verify'])))
    end()
    for (const {code, stdout, stderr} of answers) {
      expect(code, stderr).to.equal(69)
      expect(stdout + stderr)
        .to.include(host)
        .and.include('503')
    }
    expect((await lab.run(['whoami', '--verify'])).code).to.equal(0)
  }).timeout(120_000)
})

describe('many processes that refresh repeatedly', () => {
  it('never do it at the same time, nor with a spent refresh token', async () => {
    const size = {processes: 4, refreshes: 60}
    expectNoLoss(await racingWorkers(await temporaryHome(), size))
  }).timeout(180_000)
})
