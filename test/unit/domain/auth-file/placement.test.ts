import {expect} from 'chai'
import type {Credential} from '../../../../src/domain/credential/credential.js'
import {Secret} from '../../../../src/domain/credential/secret.js'
import {placementOf} from '../../../../src/domain/auth-file/placement.js'
import {
  makeKey,
  makeKeyBeside,
  makeLogin,
  memberOf,
  stored,
} from '../../../support/make-credential.js'

const ISSUER = 'https://mogplex.com'
const ADA = {account: {id: 'usr_1'}, issuer: ISSUER}
const EVE = {account: {id: 'usr_2'}, issuer: ISSUER}
const LOGIN = makeLogin({account: {id: 'usr_1'}})
const OLD_LOGIN = makeLogin({account: {id: 'usr_1'}, grantId: 'old-grant'})
const NEW_KEY = makeKey('mogplex', {...ADA, key: new Secret('mog_new-key')})
const KEY = makeKey('mogplex', ADA)
const BESIDE = makeKeyBeside({...ADA, key: new Secret('mog_beside-key')})

/** What is stored afterwards, by member; what is replaced, and what is moved to a file. */
function after(credential: Credential, ...before: readonly Credential[]) {
  const {changes, replaced, keptAside} = placementOf(stored(...before), credential)
  const file = new Map<string, Credential>(before.map((each) => [memberOf(each), each]))
  for (const [member, next] of changes) {
    if (next === undefined) file.delete(member)
    else file.set(member, next)
  }
  return {file: Object.fromEntries(file), replaced, keptAside}
}

describe('placementOf', () => {
  const CASES: [
    title: string,
    credential: Credential,
    before: Credential[],
    file: Record<string, Credential>,
    replaced: Credential[],
  ][] = [
    ['puts a login into an empty file', LOGIN, [], {mogplex: LOGIN}, []],
    ['puts a key into an empty file', KEY, [], {mogplex: KEY}, []],
    ['puts a login in place of a login', LOGIN, [OLD_LOGIN], {mogplex: LOGIN}, [OLD_LOGIN]],
    ['moves a key beside the login', LOGIN, [KEY], {mogplex: LOGIN, 'mogplex-key': KEY}, []],
    [
      'leaves the key beside a login where it is',
      LOGIN,
      [OLD_LOGIN, BESIDE],
      {mogplex: LOGIN, 'mogplex-key': BESIDE},
      [OLD_LOGIN],
    ],
    [
      'leaves a key that an older version left alone',
      LOGIN,
      [BESIDE],
      {mogplex: LOGIN, 'mogplex-key': BESIDE},
      [],
    ],
    [
      'puts the newer of two keys beside the login',
      LOGIN,
      [KEY, BESIDE],
      {mogplex: LOGIN, 'mogplex-key': KEY},
      [BESIDE],
    ],
    ['puts a key beside a login', KEY, [LOGIN], {mogplex: LOGIN, 'mogplex-key': KEY}, []],
    [
      'puts a key in place of the one beside a login',
      NEW_KEY,
      [LOGIN, BESIDE],
      {mogplex: LOGIN, 'mogplex-key': NEW_KEY},
      [BESIDE],
    ],
    ['puts a key in place of a key', NEW_KEY, [KEY], {mogplex: NEW_KEY}, [KEY]],
    [
      'leaves one key where there is no login',
      NEW_KEY,
      [KEY, BESIDE],
      {mogplex: NEW_KEY},
      [KEY, BESIDE],
    ],
    ['replaces nothing by the same key', KEY, [KEY], {mogplex: KEY}, []],
    [
      'leaves the key of another issuer beside a login',
      LOGIN,
      [makeKey('mogplex', {...EVE, issuer: 'https://other.example'})],
      {
        mogplex: LOGIN,
        'mogplex-key': makeKey('mogplex', {...EVE, issuer: 'https://other.example'}),
      },
      [],
    ],
  ]
  for (const [title, credential, before, file, replaced] of CASES) {
    it(title, () => {
      const keys = (of: Record<string, Credential>) =>
        Object.entries(of).map(([member, {type, account}]) => [member, type, account?.id])
      const placed = after(credential, ...before)
      expect(keys(placed.file)).to.have.deep.members(keys(file))
      expect(placed.replaced).to.deep.equal(replaced)
      expect(placed.keptAside).to.deep.equal([])
    })
  }

  for (const [where, key] of [
    ['alone', makeKey('mogplex', EVE)],
    ['beside another login', makeKeyBeside(EVE)],
  ] as const) {
    it(`moves the key of another account to a file, ${where}`, () => {
      const placed = after(LOGIN, key)
      expect(placed.file).to.deep.equal({mogplex: LOGIN})
      expect(placed.replaced).to.deep.equal([key])
      expect(placed.keptAside).to.deep.equal([key])
    })
  }

  it('leaves Mogplex alone where another provider’s key is stored', () => {
    const [old, fresh] = [makeKey('groq'), makeKey('groq', {key: new Secret('gsk_new')})]
    const placed = after(fresh, LOGIN, BESIDE, old)
    expect(placed.file).to.deep.equal({mogplex: LOGIN, 'mogplex-key': BESIDE, groq: fresh})
    expect(placed.replaced).to.deep.equal([old])
  })
})
