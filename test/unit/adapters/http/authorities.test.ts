import {expect} from 'chai'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {authoritiesOf} from '../../../../src/adapters/http/authorities.js'
import {temporaryHome} from '../../../support/temporary-home.js'

describe('authoritiesOf', () => {
  it('suggests those of the system where Node supports the variable, and it is not set yet', () => {
    expect(authoritiesOf({}, '24.6.0').couldUseSystem).to.equal(true)
    expect(authoritiesOf({NODE_USE_SYSTEM_CA: '1'}, '24.6.0').couldUseSystem).to.equal(false)
    expect(authoritiesOf({}, '20.20.2').couldUseSystem).to.equal(false)
  })

  it('names the file that Node could not read', async () => {
    const path = join(await temporaryHome(), 'mine.pem')
    const read = () => authoritiesOf({NODE_EXTRA_CA_CERTS: path}).unread
    expect(read()).to.deep.equal({path, why: 'it no longer exists, or its folder does not'})
    writeFileSync(path, 'no certificate')
    expect(read()).to.deep.equal({path, why: 'no PEM certificate is in it'})
    writeFileSync(path, '-----BEGIN CERTIFICATE-----\n')
    expect(read()).to.equal(undefined)
  })
})
