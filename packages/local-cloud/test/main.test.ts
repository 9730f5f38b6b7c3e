import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {fileURLToPath} from 'node:url'
import {expect} from 'chai'
import {startLocalCloud} from '../src/index.js'
import {main} from '../src/main.js'

const PROGRAM = fileURLToPath(new URL('../bin/cloud.js', import.meta.url))

describe('mogplex-cloud', function () {
  this.timeout(20_000)

  const run = async (...args: string[]) => {
    const said = {out: '', err: ''}
    const code = await main(args, {
      out: (text) => (said.out += text),
      err: (text) => (said.err += text),
    })
    return {code, ...said}
  }

  it('shows its help', async () => {
    const {code, out, err} = await run('--help')
    expect(code).to.equal(0)
    expect(out).to.include('--port').and.include('--data').and.include('--profile')
    expect(err).to.equal('')
  })

  for (const args of [
    ['--nonsense'],
    ['stray'],
    ['--port', 'many'],
    ['--port', '70000'],
    ['--port', ''],
    ['--data', ''],
    ['--profile', 'last'],
    ['--profile', ''],
    ['--inference-accepts', 'anything'],
  ]) {
    it(`exits 2 and shows the usage: ${JSON.stringify(args)}`, async () => {
      const {code, out, err} = await run(...args)
      expect(code).to.equal(2)
      expect(out).to.equal('')
      expect(err).to.include('USAGE')
    })
  }

  it('names the port that is taken, and the flag for another one', async () => {
    const cloud = await startLocalCloud()
    try {
      const {code, err} = await run('--port', String(cloud.port))
      expect(code).to.equal(1)
      expect(err).to.equal(`Port ${cloud.port} is in use. Choose another one with --port.\n`)
    } finally {
      await cloud.close()
    }
  })

  for (const [signal, flags, named] of [
    ['SIGINT', [], / {3}http:\S+\n/],
    ['SIGTERM', ['--profile', 'next'], / {3}profile next\n/],
  ] as const) {
    it(`prints how to use it, and exits with 0 on ${signal}`, async () => {
      const child = spawn(process.execPath, [PROGRAM, '--port', '0', ...flags])
      let out = ''
      const ended = once(child, 'exit')
      const said = new Promise<void>((resolve) => {
        const hear = (chunk: unknown): void => {
          out += String(chunk)
          if (out.includes('Ctrl+C')) resolve()
        }
        child.stdout.on('data', hear)
        child.stderr.on('data', hear)
      })
      await Promise.race([said, ended])
      expect(out).to.match(/export MOGPLEX_URL=http:\/\/127\.0\.0\.1:\d+ MOGPLEX_DEV=1/)
      expect(out).to.match(named)
      expect(out).to.include('demo-ada-2026').and.include('grace@example.test')
      child.kill(signal)
      expect(await ended).to.deep.equal([0, null])
    })
  }
})
