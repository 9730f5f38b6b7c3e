import {expect} from 'chai'
import {chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import * as inspection from '../../../../src/adapters/inspection.js'
import type {Finding} from '../../../../src/domain/doctor/finding.js'
import type {Seen} from '../../../../src/domain/doctor/seen.js'
import {cacheProbe} from '../../../../src/services/doctor/cache-probe.js'
import {doMend} from '../../../../src/services/doctor/mend.js'
import {temporaryHome} from '../../../support/temporary-home.js'

describe('cacheProbe', () => {
  let folder: string
  let generation: string

  beforeEach(async () => {
    folder = join(await temporaryHome(), '.cache', 'mogplex')
    generation = join(folder, '0123-v20.20.2-x64-0')
    mkdirSync(generation, {recursive: true, mode: 0o700})
    writeFileSync(join(generation, 'whoami.mogplex'), 'codecode', {mode: 0o600})
  })

  /** The folders above the home of a test belong to the machine, such as /tmp. */
  function lookAt(path: string): Seen | undefined {
    return path.startsWith(dirname(dirname(folder))) ? inspection.lookAt(path) : undefined
  }

  async function look(where: string | undefined = folder): Promise<readonly Finding[]> {
    const ports = {folder: where, lookAt, namesIn: inspection.namesIn, isWhole: inspection.isTwice}
    return cacheProbe(ports).look(new AbortController().signal)
  }

  async function mend(): Promise<void> {
    const {setMode, removeFile: remove} = inspection
    const sweep = async (): Promise<void> => Promise.resolve()
    for (const each of (await look()).flatMap(({mends = []}) => mends))
      await doMend({setMode, remove, sweep}, each)
  }

  it('finds no problem with code that is intact, missing, or disabled', async () => {
    for (const where of [folder, join(folder, 'nowhere'), undefined])
      expect((await look(where)).map(({state}) => state)).to.deep.equal(['fine'])
  })

  it('finds damaged entries, and removes only those', async () => {
    writeFileSync(join(generation, 'app.mogplex'), 'codexode', {mode: 0o600})
    writeFileSync(join(generation, 'cut.mogplex'), 'cod', {mode: 0o600})
    writeFileSync(join(generation, 'open.mogplex'), 'aa', {mode: 0o644})
    const found = await look()
    expect(found.map(({state}) => state)).to.deep.equal(['wrong', 'wrong', 'wrong'])
    expect(found[0]?.what).to.include('app.mogplex is damaged')
    await mend()
    expect(readdirSync(generation)).to.deep.equal(['whoami.mogplex'])
    expect((await look()).map(({state}) => state)).to.deep.equal(['fine'])
  })

  it('finds a folder into which others may write, and restricts its own', async () => {
    chmodSync(folder, 0o777)
    const [found] = await look()
    expect(found?.what).to.include('others may write in').and.include('each start takes longer')
    await mend()
    expect((await look()).map(({state}) => state)).to.deep.equal(['fine'])
    chmodSync(dirname(folder), 0o775)
    const [above] = await look()
    expect(above?.remedy).to.equal(`chmod go-w ${dirname(folder)}`)
    expect(above?.mends).to.deep.equal([])
  })

  it('finds a link in its place', async () => {
    const link = join(dirname(folder), 'link')
    symlinkSync(folder, link)
    expect((await look(link))[0]?.what).to.include('is a symbolic link')
  })
})
