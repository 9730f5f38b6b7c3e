import {expect} from 'chai'
import {isExempt} from '../../../../src/domain/network/no-proxy.js'

describe('isExempt', () => {
  const cases: Record<string, [address: string, noProxy: string, exempt: boolean][]> = {
    'exempts nothing when it is empty': [
      ['https://mogplex.com', '', false],
      ['https://mogplex.com', ' ,, ', false],
    ],
    'exempts everything for *': [['https://mogplex.com', 'localhost,*', true]],
    'exempts a host and its subdomains': [
      ['https://mogplex.com', 'mogplex.com', true],
      ['https://api.mogplex.com/v1', 'mogplex.com', true],
      ['https://notmogplex.com', 'mogplex.com', false],
      ['https://mogplex.com.example.test', 'mogplex.com', false],
    ],
    'reads a leading dot, and *., as the name itself': [
      ['https://api.mogplex.com', '.mogplex.com', true],
      ['https://mogplex.com', '.mogplex.com', true],
      ['https://api.mogplex.com', '*.mogplex.com', true],
      ['https://notmogplex.com', '*.mogplex.com', false],
    ],
    'takes commas and blanks, any case, and the dot of a whole name': [
      ['https://mogplex.com', 'a.test,  MOGPLEX.com', true],
      ['https://mogplex.com.', 'mogplex.com', true],
      ['https://mogplex.com', 'a.test\tmogplex.com.', true],
    ],
    'takes a port into account where one is named': [
      ['https://mogplex.com', 'mogplex.com:443', true],
      ['http://mogplex.com', 'mogplex.com:443', false],
      ['https://mogplex.com:8443', 'mogplex.com:8443', true],
      ['https://mogplex.com:8443', 'mogplex.com:443', false],
      ['https://mogplex.com', '*:443', true],
    ],
    'compares addresses as they are': [
      ['https://10.1.2.3', '10.1.2.3', true],
      ['https://10.1.2.3', '2.3', false],
      ['https://[2001:db8::1]', '2001:db8::1', true],
      ['https://[2001:db8::1]', '[2001:db8::1]', true],
      ['https://[2001:db8::1]:8443', '[2001:db8::1]:8443', true],
      ['https://[2001:db8::1]:8443', '[2001:db8::1]:443', false],
    ],
    'takes ranges of addresses': [
      ['https://10.1.2.3', 'localhost, 10.0.0.0/8', true],
      ['https://11.1.2.3', '10.0.0.0/8', false],
      ['https://10.1.2.3:8443', '10.0.0.0/8', true],
      ['https://[2001:db8::1]', '2001:db8::/32', true],
      ['https://[2001:db9::1]', '2001:db8::/32', false],
      ['https://mogplex.com', '0.0.0.0/0,::/0', false],
    ],
    'makes nothing of nonsense': [
      ['https://mogplex.com', '. .. : :443', false],
      ['https://mogplex.com', 'https://mogplex.com', false],
    ],
  }
  for (const [title, examples] of Object.entries(cases)) {
    it(title, () => {
      for (const [address, noProxy, exempt] of examples) {
        expect(isExempt(new URL(address), noProxy), `${address} by "${noProxy}"`).to.equal(exempt)
      }
    })
  }
})
