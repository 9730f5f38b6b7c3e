import {expect} from 'chai'
import nock from 'nock'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {homedir} from 'node:os'
import {cleanEnvironment, machineEnvironment} from './clean-environment.js'
import {homeVariables} from './home-variables.js'
import {listFiles} from './temporary-home.js'

async function failureOf(request: Promise<unknown>): Promise<string> {
  return request.then(
    () => 'none',
    (error: unknown) => String((error as Error).cause ?? error),
  )
}

describe('setup', () => {
  it('reaches servers on this machine, and refuses all others', async () => {
    const server = createServer((_request, response) => response.end('here'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const {port} = server.address() as AddressInfo
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/`)
      expect(await answer.text()).to.equal('here')
    } finally {
      server.close()
    }
    expect(await failureOf(fetch('http://198.51.100.7/'))).to.match(/Disallowed net connect/)
    expect(await failureOf(fetch('https://localhost.example.test/'))).to.match(/Disallowed net/)
  })

  it('isolates tests from each other (first half)', () => {
    nock('http://left.test').get('/').reply(200)
    process.env.MOGPLEX_API_KEY = 'left behind'
    process.env.HOME = '/left/behind'
  })

  it('isolates tests from each other (second half)', () => {
    expect(nock.pendingMocks()).to.deep.equal([])
    expect(process.env).not.to.have.property('MOGPLEX_API_KEY')
    expect(process.env.HOME).not.to.equal('/left/behind')
  })

  it('loads a module once, however it is imported', async () => {
    const again = await import('./clean-environment.js')
    expect(again.cleanEnvironment).to.equal(cleanEnvironment)
  })

  it('runs the tests with an empty home', async () => {
    expect(await listFiles(homedir())).to.deep.equal([])
    expect(homedir()).not.to.equal(machineEnvironment.HOME)
  })

  it('removes variables that change what the CLI does', () => {
    const env: NodeJS.ProcessEnv = {PATH: '/bin', HOME: '/home/ada', TERM: 'dumb', https_proxy: 'x'}
    for (const name of ['MOGPLEX_HOME', 'CODEX_HOME', 'XAI_API_KEY', 'VERCEL_API_TOKEN'])
      env[name] = 'x'
    for (const name of ['GOOGLE_GENERATIVE_AI_API_KEY', 'OPENAI_BASE_URL', 'BROWSER', 'CI'])
      env[name] = 'x'
    cleanEnvironment(env, '/empty')
    expect(env).to.deep.equal({
      PATH: '/bin',
      TERM: 'xterm-256color',
      MOGPLEX_CACHE: 'off',
      ...homeVariables('/empty'),
    })
  })
})
