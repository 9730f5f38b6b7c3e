import {expect} from 'chai'
import {fileURLToPath} from 'node:url'
import {setTimeout as wait} from 'node:timers/promises'
import {withSignalsWaiting} from '../../../src/adapters/signals.js'
import {moduleAddress} from '../../support/loaded-modules.js'
import {preload} from '../../support/preload.js'
import {runCli} from '../../support/run-cli.js'
import {projectRoot} from '../../support/cli-environment.js'
import {temporaryHome} from '../../support/temporary-home.js'

const SOURCE = moduleAddress('src/adapters/signals')
const ADDRESS = SOURCE.endsWith('.js') ? SOURCE : await compiled(fileURLToPath(SOURCE))

/**
 * Precompiled to JavaScript: a program that has to load a compiler first takes three times as long.
 */
async function compiled(path: string): Promise<string> {
  const {buildSync} = await import('esbuild')
  const {outputFiles} = buildSync({
    entryPoints: [path],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  })
  const text = outputFiles.map((file) => file.text).join('')
  return `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`
}

/** Runs a program that can call `withSignalsWaiting`. */
async function run(script: string, env: Readonly<Record<string, string>> = {}) {
  const lines = `const {withSignalsWaiting} = await import(${JSON.stringify(ADDRESS)})
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
    const say = (text) => process.stdout.write(text + '\\n')
    setInterval(() => {}, 60_000) // waiting for a signal keeps no process alive
    const come = (signal) => new Promise((resolve) => {
      process.once(signal, resolve)
      process.kill(process.pid, signal)
    })
    ${script}`
  const options = ['--input-type=module', '--eval', lines]
  return runCli([], {
    home: await temporaryHome(),
    cwd: projectRoot,
    timeoutMs: 60_000,
    env,
    command: [process.execPath, ...options],
  })
}

describe('withSignalsWaiting', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`ends the work first, and then lets ${signal} end the process`, async () => {
      const result = await run(`
        await withSignalsWaiting(async () => {
          await come('${signal}')
          say('done')
        })
        say('let go')
        await wait(60_000)`)
      expect(result).to.include({signal, stdout: 'done\nlet go\n', stderr: ''})
    })
  }

  it('ends the process on Windows with the exit code of the signal, which cannot be sent there', async () => {
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGBREAK', 130],
      ['SIGHUP', 129],
    ] as const) {
      const script = `
        await withSignalsWaiting(async () => { process.emit('${signal}', '${signal}') })
        await wait(60_000)`
      expect(await run(script, preload('pretend-windows.cjs'))).to.include({code, stderr: ''})
    }
  })

  it('abandons the work on the second signal', async () => {
    const result = await run(`
      await withSignalsWaiting(async (signal) => {
        await come('SIGINT')
        process.kill(process.pid, 'SIGINT')
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        say('given up')
      })
      await wait(60_000)`)
    expect(result).to.include({signal: 'SIGINT', stdout: 'given up\n'})
  })

  it('abandons the work when it takes too long after a signal', async () => {
    const result = await run(`
      const open = setTimeout(() => {}, 60_000)
      await withSignalsWaiting(async (signal) => {
        process.kill(process.pid, 'SIGTERM')
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        say('given up')
      }, undefined, 50)
      await wait(60_000)`)
    expect(result).to.include({signal: 'SIGTERM', stdout: 'given up\n'})
  })

  it('lets the work end when nobody needs it any more, and then abandons it', async () => {
    const result = await run(`
      const open = setTimeout(() => {}, 60_000)
      const callers = new AbortController()
      const until = (signal) => new Promise((resolve) => signal.addEventListener('abort', resolve))
      const work = async (signal) => {
        callers.abort(new Error('Enough.'))
        await wait(1)
        say(String(signal.aborted))
        await until(signal)
        say(signal.reason.message)
      }
      await withSignalsWaiting(work, callers.signal, 50)
      await withSignalsWaiting(until, callers.signal, 50)
      say('had left before')
      process.exit(0)`)
    expect(result).to.include({code: 0, stdout: 'false\nEnough.\nhad left before\n'})
  })

  it('leaves a signal to its listeners', async () => {
    const result = await run(`
      process.once('SIGINT', () => say('heard'))
      process.on('SIGINT', () => undefined)
      await withSignalsWaiting(async () => {
        await come('SIGINT')
      })
      await new Promise(setImmediate) // when it would be delivered
      await wait(50)
      say('alive')
      process.exit(0)`)
    expect(result).to.include({code: 0, stdout: 'heard\nalive\n'})
  })

  it('passes on the result or the error of the work, and stops listening', async () => {
    const before = process.listenerCount('SIGINT')
    expect(await withSignalsWaiting(async () => Promise.resolve(7))).to.equal(7)
    const failure = new Error('It failed.')
    const failed = withSignalsWaiting(async () => {
      await wait(1)
      throw failure
    })
    expect(process.listenerCount('SIGINT')).to.equal(before + 1)
    expect(await failed.catch((error: unknown) => error)).to.equal(failure)
    expect(process.listenerCount('SIGINT')).to.equal(before)
  })
})
