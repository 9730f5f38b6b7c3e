import {expect} from 'chai'
import {shortener} from '../../../../src/domain/doctor/shortened.js'

const READER = {
  folders: [
    ['/home/ada', '~'],
    ['/srv/acme/mogplex', '$MOGPLEX_HOME'],
  ],
  users: ['ada'],
  hosts: ['ada-laptop.corp.example'],
  addresses: ['https://mogplex.acme.example/tenant', 'http://u:p@proxy.acme.example:3128'],
} as const

describe('shortener', () => {
  const shorten = shortener(READER)
  const rows: [text: string, short: string][] = [
    ['/home/ada/.mogplex/auth.json is', '~/.mogplex/auth.json is'],
    ["chmod 600 '/home/ada/my files/auth.json'", "chmod 600 ~/'my files/auth.json'"],
    ['/home/ada', '~'],
    ['/home/adam/x', '/home/…/x'],
    ['/Users/grace/x', '/Users/…/x'],
    ['/srv/acme/mogplex/auth.json', '$MOGPLEX_HOME/auth.json'],
    ['signed in as ada@mail.example.com by', 'signed in as a…@ma….com by'],
    ['mogplex.acme.example answers', 'mo….example answers'],
    ['see https://mogplex.acme.example/tenant/x.', 'see https://mo….example.'],
    ['see https://mogplex.com/settings/api-keys', 'see https://mogplex.com/settings/api-keys'],
    ['such as https://mogplex.com., or', 'such as https://mogplex.com., or'],
    ['https://mogplex.acme.example, or', 'https://mo….example, or'],
    ['http://127.0.0.1:24800/x?code=1', 'http://127.0.0.1:24800/x'],
    ['the proxy proxy.acme.example:3128 of', 'the proxy pr….example:3128 of'],
    ['10.1.2.3 and 127.0.0.1', '10.… and 127.0.0.1'],
    ['process 7 on ada-laptop since', 'process 7 on … since'],
    ['on ADA-LAPTOP.corp.example since', 'on … since'],
    ['of ada, and Canada', 'of …, and Canada'],
  ]
  for (const [text, short] of rows) {
    it(`prints "${short}" for "${text}"`, () => {
      expect(shorten(text)).to.equal(short)
    })
  }

  it('does not treat our own words as the user of a service: nobody is signed in', () => {
    const short = shortener({...READER, users: ['nobody'], hosts: []})
    expect(short('nobody is signed in')).to.equal('nobody is signed in')
  })

  it('keeps our own words, whatever the names of user and machine', () => {
    const text = 'mogplex login opens the server at /home/login/x of root'
    const told = shortener({...READER, users: ['login', 'root'], hosts: ['mogplex', 'server']})(
      text,
    )
    expect(told).to.equal('mogplex login opens the server at /home/…/x of root')
  })

  it('ignores a home at the root of a file system', () => {
    const shortOf = shortener({...READER, folders: [['/', '~']]})
    expect(shortOf('/.mogplex/auth.json')).to.equal('/.mogplex/auth.json')
  })
})
