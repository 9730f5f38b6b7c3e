import {expect} from 'chai'
import {join, resolve} from 'node:path'
import {pathToFileURL} from 'node:url'
import {PluginCustody} from '../../../../src/host/plugins/plugin-custody.js'
import {FakeProcess, FakeTimers} from '../../../support/fake-process.js'

const never = async () => new Promise<number>(() => undefined)

describe('PluginCustody', () => {
  let process: FakeProcess
  let timers: FakeTimers
  let custody: PluginCustody
  beforeEach(() => {
    process = new FakeProcess()
    timers = new FakeTimers()
    custody = make()
  })

  function make(json = false, showsWarnings = false): PluginCustody {
    const {setTimeout, clearTimeout} = timers
    return new PluginCustody(
      {json, showsWarnings},
      {process: process.asProcess, setTimeout, clearTimeout},
    )
  }

  /** Its output, once there is some. */
  async function told(): Promise<string> {
    await custody.close(false)
    return process.stderr.text
  }

  const task = {plugin: 'p', what: 'its hook init', limitMs: 5000}

  describe('run', () => {
    it('returns the result of the work, and leaves no timer behind', async () => {
      expect(await custody.run(task, async () => Promise.resolve(42))).to.equal(42)
      expect(timers.waiting).to.equal(0)
      expect(custody.isAbandoned('p')).to.equal(false)
    })

    it('throws errors of the work, and leaves no timer behind', async () => {
      const error = new Error('No.')
      const thrown = await custody.run(task, async () => Promise.reject(error)).catch(same)
      expect(thrown).to.equal(error)
      expect(timers.waiting).to.equal(0)
    })

    it('throws synchronous errors of the work', async () => {
      const error = new Error('No.')
      const work = (): never => {
        throw error
      }
      expect(await custody.run(task, work).catch(same)).to.equal(error)
      expect(timers.waiting).to.equal(0)
    })

    it('waits until the limit, reports it, and abandons the plugin', async () => {
      const result = custody.run(task, never)
      timers.advance(4999)
      expect(custody.isAbandoned('p')).to.equal(false)
      timers.advance(1)
      expect(await result).to.equal(undefined)
      expect(custody.isAbandoned('p')).to.equal(true)
      expect(custody.isAbandoned('q')).to.equal(false)
      expect(await told()).to.equal(
        'The plugin p did not finish its hook init within 5 s: it is not waited for. ' +
          '`mogplex plugins uninstall p` removes it.\n',
      )
    })

    it('ignores how abandoned work ends', async () => {
      let fail: (error: Error) => unknown = () => undefined
      const result = custody.run(task, async () => {
        return new Promise((_, reject) => {
          fail = reject
        })
      })
      timers.advance(5000)
      expect(await result).to.equal(undefined)
      fail(new Error('Too late.')) // mocha fails a test for an unhandled rejection
      expect(await told()).not.to.include('Too late.')
    })

    it('waits forever where there is no limit', async () => {
      let finish: (value: string) => void = () => undefined
      const work = async () => new Promise<string>((resolve) => (finish = resolve))
      const result = custody.run({...task, limitMs: undefined}, work)
      expect(timers.waiting).to.equal(0)
      finish('done')
      expect(await result).to.equal('done')
    })

    it('restores the exit code that a plugin sets', async () => {
      process.exitCode = 64
      await custody.run(task, async () => Promise.resolve((process.exitCode = 0)))
      expect(process.exitCode).to.equal(64)
    })
  })

  describe('while a plugin works', () => {
    it('prevents process.exit, from inside and from later callbacks', async () => {
      const inside = custody.run(task, async () => {
        process.end(3)
        return Promise.resolve()
      })
      expect(String(await inside.catch(same))).to.equal('Error: It tried to end the process.')
      const result = custody.run(task, never)
      expect(() => process.end(3)).to.throw('It tried to end the process.')
      timers.advance(5000)
      await result
      expect(process.exits).to.deep.equal([])
    })

    it('ends the process for us, with our code', async () => {
      await custody.run(task, async () => Promise.resolve())
      expect(() => process.end(3)).to.throw() // a real process would not continue here
      expect(process.exits).to.deep.equal([3])
    })

    it('names the plugin for an uncaught error, and continues', async () => {
      let ours = 0
      process.on('uncaughtException', () => (ours += 1))
      await custody.run(task, async () => {
        process.emit('uncaughtException', new Error('later'), 'uncaughtException')
        return Promise.resolve()
      })
      expect(ours).to.equal(0)
      expect(await told()).to.include('The plugin p failed outside its hooks: later. ')
    })

    it('reports a thrown value that is not an error', async () => {
      await custody.run(task, async () => {
        process.emit('uncaughtException', Object.create(null), 'uncaughtException')
        return Promise.resolve()
      })
      const text = 'The plugin p failed outside its hooks: An unknown value was thrown. '
      expect(await told()).to.include(text)
    })

    it('leaves an uncaught error to us, where the command of that plugin runs', async () => {
      const heard: unknown[] = []
      process.on('uncaughtException', (error) => heard.push(error))
      custody.runsCommandOf('p')
      const later = new Error('later')
      await custody.run(task, async () => {
        process.emit('uncaughtException', later, 'uncaughtException')
        return Promise.resolve()
      })
      expect(heard).to.deep.equal([later])
      expect(await told()).to.equal('')
    })

    it('removes what it adds to every object, and reports it', async () => {
      await custody.run(task, async () => {
        Object.defineProperty(Object.prototype, 'get', {value: 'x', configurable: true})
        return Promise.resolve()
      })
      expect('get' in {}).to.equal(false)
      expect(await told()).to.match(/^The plugin p .*\(get\)/)
    })

    it('blames no plugin for an unrelated error', async () => {
      const heard: unknown[] = []
      process.on('uncaughtException', (error) => heard.push(error))
      void custody.run({...task, root: '/plugins/p'}, never)
      const named = Object.assign(new Error('cannot read /plugins/p/x.js'), {
        stack: 'Error: cannot read\n/plugins/p/x.js\n    at read (/cli/dist/mogplex.cjs:1:1)',
      })
      const errors = [new Error('of a timer of ours'), named, Object.create(null) as unknown]
      for (const error of errors) process.emit('uncaughtException', error)
      expect(heard).to.deep.equal(errors)
      expect(await told()).to.equal('')
    })

    it('names the plugin whose file is in the stack, even after its work', async () => {
      const outer = resolve('/plugins/outer')
      const inner = join(outer, 'node_modules', 'inner')
      const p = resolve('/p p')
      const roots = {outer, inner, p}
      for (const [plugin, root] of Object.entries(roots)) {
        await custody.run({...task, plugin, root}, async () => Promise.resolve())
      }
      const frames = {
        inner: `at run (${join(inner, 'hook.js')}:1:2)`,
        outer: `at ${join(outer, 'hook.js')}:3:4`,
        p: `at ${pathToFileURL(join(p, 'hook.js')).href}:5:6`,
      }
      for (const [message, frame] of Object.entries(frames)) {
        const stack = `Error: x\n    at emit (node:events:1:1)\n    ${frame}`
        process.emit('uncaughtException', Object.assign(new Error(message), {stack}))
      }
      const text = await told()
      for (const plugin of Object.keys(frames))
        expect(text).to.include(`The plugin ${plugin} failed outside its hooks: ${plugin}. `)
    })

    it('passes our errors to the previous listeners, with their origin', async () => {
      const heard: unknown[][] = []
      process.on('uncaughtException', (...args: unknown[]) => heard.push(args))
      await custody.run(task, async () => Promise.resolve())
      await custody.run(task, async () => Promise.resolve())
      const error = new Error('ours')
      process.emit('uncaughtException', error, 'unhandledRejection')
      expect(heard).to.deep.equal([[error, 'unhandledRejection']])
      expect(await told()).to.equal('')
    })
  })

  describe('a warning of a plugin', () => {
    const root = resolve('/plugins/p')
    const inFile = (file: string, text = 'It is old.'): Error => {
      const stack = `Warning: ${text}\n    at main (${file}:1:2)`
      return Object.assign(new Error(text), {name: 'DeprecationWarning', code: 'DEP1', stack})
    }
    let shown: unknown[]
    beforeEach(() => {
      shown = []
      process.on('warning', (warning) => shown.push(warning))
    })
    const work = async (warning: Error): Promise<void> => {
      await custody.run({...task, root}, async () => Promise.resolve())
      process.emit('warning', warning)
    }

    it('is logged for the plugin whose file is in the stack', async () => {
      await work(inFile(join(root, 'index.js')))
      expect(shown).to.deep.equal([])
      const fields = {name: 'DeprecationWarning', code: 'DEP1', message: 'It is old.'}
      expect(custody.warnings.kept).to.deep.equal([{plugin: 'p', fields}])
    })

    it('may come from its library, in its hook and in its command', async () => {
      const warn = (): boolean => process.emit('warning', inFile('/elsewhere/lib.js'))
      await custody.run(task, async () => Promise.resolve(warn()))
      custody.runsCommandOf('q')
      warn()
      expect(shown).to.deep.equal([])
      expect(custody.warnings.kept.map(({plugin}) => plugin)).to.deep.equal(['p', 'q'])
    })

    it('reaches a listener for one warning only once', async () => {
      const heard: unknown[] = []
      process.once('warning', (warning) => heard.push(warning))
      await work(inFile('/elsewhere/ours.js'))
      process.emit('warning', inFile('/elsewhere/ours.js'))
      expect(heard).to.have.length(1)
    })

    it('is printed if it is unrelated to plugins, or about this machine', async () => {
      await work(inFile('/elsewhere/ours.js'))
      custody.runsCommandOf('p')
      await work(inFile('/elsewhere/tls.js', 'Setting NODE_TLS_REJECT_UNAUTHORIZED to 0 is bad.'))
      expect(shown).to.have.length(2)
      expect(custody.warnings.kept).to.deep.equal([])
    })

    it('is printed on request', async () => {
      custody = make(false, true)
      await work(inFile(join(root, 'index.js')))
      expect(shown).to.have.length(1)
    })

    it('is logged for the first twenty only', async () => {
      for (let count = 0; count < 30; count += 1) await work(inFile(join(root, 'index.js')))
      expect(custody.warnings.kept).to.have.length(20)
    })
  })

  describe('what plugins print', () => {
    it('goes to stderr while stdout is for JSON, and ours to stdout', async () => {
      custody = make(true)
      let later: () => unknown = () => undefined
      await custody.run(task, async () => {
        process.stdout.write('noise ')
        const {AsyncResource} = await import('node:async_hooks')
        later = AsyncResource.bind(() => process.stdout.write('later'))
      })
      expect(process.stdout.write('{}')).to.equal(true)
      later()
      expect(process.stdout.text).to.equal('{}')
      expect(process.stderr.text).to.equal('noise later')
    })

    it('does not redirect our own output while it works', async () => {
      custody = make(true)
      void custody.run(task, never)
      process.stdout.write('{}')
      expect([process.stdout.text, process.stderr.text]).to.deep.equal(['{}', ''])
    })

    it('uses a patched write of stderr', async () => {
      custody = make(true)
      await custody.run(task, async () => {
        process.stderr.write = () => false
        return Promise.resolve(expect(process.stdout.write('noise')).to.equal(false))
      })
      expect(process.stdout.text).to.equal('')
    })

    it('stays on stdout in text mode', async () => {
      await custody.run(task, async () => Promise.resolve(process.stdout.write('hello')))
      expect(process.stdout.text).to.equal('hello')
    })

    it('is left alone where stdout cannot be written to', async () => {
      custody = make(true)
      Reflect.set(process.stdout, 'write', undefined)
      expect(await custody.run(task, async () => Promise.resolve(1))).to.equal(1)
      expect(Reflect.get(process.stdout, 'write')).to.equal(undefined)
    })
  })

  describe('tell', () => {
    it('names each plugin once, in order', async () => {
      custody.faults.tell('p', 'fails.')
      custody.faults.tell('q', 'hangs')
      custody.faults.tell('p', 'fails again')
      const lines = (await told()).trimEnd().split('\n')
      expect(lines).to.deep.equal([
        'The plugin p fails. `mogplex plugins uninstall p` removes it.',
        'The plugin q hangs. `mogplex plugins uninstall q` removes it.',
      ])
    })

    it('shows no control characters and no secret, wrapped to the width', async () => {
      Object.assign(process.stderr, {isTTY: true, columns: 40})
      custody.faults.tell(
        'p\u001B[2J',
        'fails\u0007 with {"access_token": "hGyTvQkPzWmXcRbNsLdFjK"}',
      )
      const text = await told()
      expect(text)
        .to.include('[redacted]')
        .and.not.to.match(/hGyT|\u001B|\u0007/)
      expect(Math.max(...text.split('\n').map(({length}) => length))).to.be.at.most(40)
    })

    it('truncates long text', async () => {
      custody.faults.tell('n'.repeat(500), 't'.repeat(1000))
      const [, name = '', trouble = ''] = /^The plugin (n+)… (t+)…\. /.exec(await told()) ?? []
      expect([name.length, trouble.length]).to.deep.equal([100, 400])
    })
  })

  describe('close', () => {
    it('does nothing where no plugin ran', async () => {
      await custody.close(true)
      expect(process.exits).to.deep.equal([])
      expect(timers.waiting).to.equal(0)
    })

    it('ends the process at once when a plugin hangs', async () => {
      const result = custody.run(task, never)
      timers.advance(5000)
      await result
      await custody.close(false)
      expect(process.exits).to.deep.equal([undefined])
    })

    it('ends it after two seconds when the command was ours, unless it ends by itself', async () => {
      await custody.run(task, async () => Promise.resolve())
      await custody.close(true)
      expect(process.exits).to.deep.equal([])
      expect(timers.unreferenced.size).to.equal(1)
      timers.advance(1999)
      expect(process.exits).to.deep.equal([])
      timers.advance(1)
      expect(process.exits).to.have.length(1)
    })

    it("leaves the end of the process to a plugin's command", async () => {
      await custody.run(task, async () => Promise.resolve())
      await custody.close(false)
      expect(timers.waiting).to.equal(0)
      expect(process.exits).to.deep.equal([])
    })
  })
})

function same(error: unknown): unknown {
  return error
}
