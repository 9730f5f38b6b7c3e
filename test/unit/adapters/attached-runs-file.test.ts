import {expect} from 'chai'
import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {AttachedRunsFile} from '../../../src/adapters/attached-runs-file.js'
import {loadWriter} from '../../../src/compose/file-writer.js'
import type {AttachedRun} from '../../../src/domain/run/attached-runs.js'
import {NOW} from '../../support/make-credential.js'
import {expectMode} from '../../support/system-under-test.js'
import {temporaryHome} from '../../support/temporary-home.js'

const RUN: AttachedRun = {
  id: 'run_1',
  at: NOW,
  branch: 'main',
  account: {issuer: 'https://mogplex.com', id: 'usr_1'},
}

describe('AttachedRunsFile', () => {
  it('remembers runs, newest first, for its owner only', async () => {
    const home = join(await temporaryHome(), '.mogplex')
    const file = new AttachedRunsFile({home, loadWriter})
    expect(file.read()).to.deep.equal([])
    await file.remember(RUN)
    await file.remember({...RUN, id: 'run_2'})
    expect(file.read()).to.deep.equal([{...RUN, id: 'run_2'}, RUN])
    expectMode(join(home, 'attached-runs.json'), 0o600)
  })

  it('is not an error where it cannot be read or written', async () => {
    const home = join(await temporaryHome(), 'a-file')
    await writeFile(home, '')
    const file = new AttachedRunsFile({home, loadWriter})
    await file.remember(RUN)
    expect(file.read()).to.deep.equal([])
  })

  it('is rewritten where it is broken', async () => {
    const home = await temporaryHome()
    await mkdir(home, {recursive: true})
    await writeFile(join(home, 'attached-runs.json'), '{')
    const file = new AttachedRunsFile({home, loadWriter})
    await file.remember(RUN)
    expect(file.read()).to.deep.equal([RUN])
  })
})
