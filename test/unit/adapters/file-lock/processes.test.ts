import {expect} from 'chai'
import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import fs, {existsSync, readFileSync} from 'node:fs'
import {hostname} from 'node:os'
import {
  hasEnded,
  readMachineId,
  inspectProcess,
  thisMachine,
} from '../../../../src/adapters/file-lock/processes.js'
import {changeFs} from '../../../support/change-fs.js'
import {onCleanup} from '../../../support/cleanup.js'
import {waitUntil} from '../../../support/wait-until.js'

const hasPs = spawnSync('ps', ['-p', String(process.pid)]).status === 0
const itReadsProc = existsSync('/proc/self/stat') ? it : it.skip

describe('inspectProcess', () => {
  itReadsProc('returns the start time of a process, whatever its name', async () => {
    const child = spawn('sleep', ['60'], {argv0: 'a) Z 1 (b'})
    onCleanup(() => void child.kill('SIGKILL'))
    await once(child, 'spawn')
    const seen = inspectProcess(child.pid ?? -1)
    expect(seen?.ended).to.equal(false)
    expect(Number(seen?.startTime)).to.be.at.least(Number(inspectProcess(process.pid)?.startTime))
  })

  it('finds nothing where no process exists', () => {
    expect(inspectProcess(999_999_999)).to.equal(undefined)
  })

  itReadsProc('treats a zombie as ended', async () => {
    // The child ends once the shell has become a program that never waits for it.
    const child = '(until grep -q sleep /proc/$$/comm; do :; done)'
    const parent = spawn('sh', ['-c', `${child} & echo $!; exec sleep 60`])
    onCleanup(() => void parent.kill('SIGKILL'))
    const [text] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(text.toString())
    await waitUntil({
      look: () => (readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z ') ? true : undefined),
      timeoutMs: 10_000,
      over: () => false,
      describe: () => 'zombie',
    })
    expect(inspectProcess(pid)?.ended).to.equal(true)
    if (hasPs)
      expect([hasEnded(pid, 'darwin'), hasEnded(pid, 'linux')]).to.deep.equal([true, false])
  })
})

describe('hasEnded', () => {
  it('reports neither a running nor a missing process as a zombie', () => {
    expect(hasEnded(process.pid, 'darwin')).to.equal(false)
    expect(hasEnded(999_999_999, 'darwin')).to.equal(false)
  })
})

describe('readMachineId', () => {
  it('identifies a Mac by its setup time, since its name changes with the network', () => {
    const {statSync} = fs
    const setUp = (path: fs.PathLike, options?: fs.StatSyncOptions) =>
      statSync(String(path).startsWith('/private/') ? '/' : path, options)
    changeFs({statSync: setUp as typeof statSync})
    expect(readMachineId('darwin').host).to.match(/^mac-[0-9a-f]{12}( |$)/)
    expect(readMachineId('linux').host.startsWith(hostname())).to.equal(true)
  })

  it('falls back to the host name', () => {
    expect(
      readMachineId('darwin').host.startsWith(process.platform === 'darwin' ? '' : hostname()),
    ).to.equal(true)
  })
})

describe('thisMachine', () => {
  itReadsProc(
    'names the machine, its boot and whose processes are meant, and no machine id',
    () => {
      const {host, bootId} = thisMachine()
      expect(host).to.match(/ pid:\[\d+\]$/)
      expect(bootId).to.match(/^[\w-]{36}$/)
      if (!existsSync('/etc/machine-id')) return
      const id = readFileSync('/etc/machine-id', 'utf8').trim()
      if (id !== '') expect(host).not.to.include(id)
    },
  )
})
