import {expect} from 'chai'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {ensureFolder} from '../../../src/adapters/home.js'
import {loadWriter} from '../../../src/compose/file-writer.js'
import {composeHistory} from '../../../src/compose/history.js'
import {Secret} from '../../../src/domain/credential/secret.js'
import {temporaryHome} from '../../support/temporary-home.js'

describe('composeHistory', () => {
  it('stores no entry in which the redactor finds anything, known or not', async () => {
    const home = join(await temporaryHome(), '.mogplex')
    ensureFolder(home)
    const history = composeHistory({home, clock: {now: () => new Date()}, loadWriter})
    const token = new Secret('q7Zt0PdK3mWv9YbR5nXc1LfHs8GjTaEu').reveal()
    for (const text of [
      `why ${token}`,
      Buffer.from(`see ${token}`).toString('base64'),
      Array.from(token, (one) => `%${one.charCodeAt(0).toString(16)}`).join(''),
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijklmnop',
      '-----BEGIN PRIVATE KEY-----\nMHcCAQEE\n-----END PRIVATE KEY-----',
      'curl -H "Authorization: Bearer abcdef0123456789"',
      'AKIAIOSFODNN7EXAMPLE',
      'use sk-ant-abcdefghijkl please',
      'mog_abcdefghijklmnopqrstuvwxyz012345',
      'export DB_PASSWORD=abc123',
    ]) {
      await history.add(text)
    }
    expect(history.read()).to.deep.equal([])
    expect(existsSync(join(home, 'history.jsonl'))).to.equal(false)
    await history.add('explain src/index.ts')
    expect(history.read()).to.deep.equal(['explain src/index.ts'])
  })
})
