import {expect} from 'chai'
import {fine, type Finding, type Mend, wrong} from '../../../src/domain/doctor/finding.js'
import type {Probe} from '../../../src/services/doctor/probe.js'
import {type Examined, examine} from '../../../src/services/examine.js'

const REMOVE: Mend = {kind: 'remove', path: '/tmp/a'}

function probe(id: string, look: Probe['look'], limitMs = 10_000): Probe {
  return {id, limitMs, look}
}

describe('examine', () => {
  let told: Examined[]
  const tell = (examined: Examined): void => void told.push(examined)
  const run = async (probes: readonly Probe[], signal?: AbortSignal): Promise<Finding[]> =>
    examine({probes, mend: undefined, tell, signal})

  beforeEach(() => {
    told = []
  })

  it('runs all in parallel, reports each as it ends, and returns them in order', async () => {
    let release = (): void => undefined
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const found = await run([
      probe('late', async () => gate.then(() => [fine('late', 'x')])),
      probe('early', () => {
        setImmediate(release)
        return [fine('early', 'x')]
      }),
    ])
    expect(found.map(({id}) => id)).to.deep.equal(['late', 'early'])
    expect(told.flatMap(({findings}) => findings.map(({id}) => id))).to.deep.equal([
      'early',
      'late',
    ])
  })

  it('waits no longer than a limit, and aborts the probe', async () => {
    let signal: AbortSignal | undefined
    const look: Probe['look'] = async (over) => {
      signal = over
      return new Promise(() => undefined)
    }
    const found = await run([probe('hangs', look, 1)])
    expect(found).to.have.length(1)
    expect(found[0]).to.include({id: 'hangs', state: 'unknown'})
    expect(signal?.aborted).to.be.true
  })

  it('reports a probe that fails as unknown', async () => {
    const [found] = await run([probe('fails', () => Promise.reject(new Error('no such thing.')))])
    expect(found).to.deep.include({state: 'unknown', what: 'not known: no such thing'})
  })

  it('is ended by its signal, with the reason', async () => {
    const controller = new AbortController()
    const reason = new Error('given up')
    const hanging = probe('hangs', async () => new Promise(() => undefined))
    const running = run([hanging], controller.signal)
    controller.abort(reason)
    expect(await running.catch((error: unknown) => error)).to.equal(reason)
    expect(told).to.deep.equal([])
  })

  it('applies safe repairs, then checks again; what fails is left to the second check', async () => {
    let isThere = true
    const look = (): Finding[] => (isThere ? [wrong('a', 'x', 'rm', [REMOVE])] : [fine('a', 'y')])
    const mend = async (each: Mend): Promise<string> => {
      if (each.kind !== 'remove') throw new Error('cannot')
      isThere = false
      return Promise.resolve(`removed ${each.path}`)
    }
    const stuck = wrong('b', 'x', 'chmod', [{kind: 'mode', path: '/tmp/b', mode: 0o600}])
    const probes = [probe('a', look), probe('b', () => [stuck])]
    const found = await examine({probes, mend, tell})
    expect(told).to.deep.include({mended: ['removed /tmp/a'], findings: [fine('a', 'y')]})
    expect(found).to.deep.equal([fine('a', 'y'), stuck])
  })
})
