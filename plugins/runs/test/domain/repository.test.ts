import {expect} from 'chai'
import {candidates, exactly, isId, parseRepositories} from '../../src/domain/repository.js'

const ID = '0b6f1c1e-6f0a-4d53-9d1c-2f7a54a1e001'
const REPOS = parseRepositories([
  {id: ID, full_name: 'ada/analytical-engine', default_branch: 'main', root_directory: null},
  {id: 'r2', full_name: 'ada/engine', default_branch: null},
  {id: 'r3', full_name: 'bob/engine-room'},
  {id: 'r4', full_name: ''},
  'nothing',
  null,
])

describe('a repository', () => {
  it('needs an id and a name, and nothing in it can move a cursor', () => {
    expect(REPOS.map(({name}) => name)).to.deep.equal([
      'ada/analytical-engine',
      'ada/engine',
      'bob/engine-room',
    ])
    const [evil] = parseRepositories([{id: 'x', full_name: 'a\u001B[2J/b'}])
    expect(evil?.name).to.equal('a [2J/b')
    expect(parseRepositories('no list')).to.deep.equal([])
  })

  it('is found by its whole id or name, in any case', () => {
    expect(exactly(REPOS, 'ADA/Engine')?.id).to.equal('r2')
    expect(exactly(REPOS, ID.toUpperCase())?.name).to.equal('ada/analytical-engine')
    expect(exactly(REPOS, 'engine')).to.equal(undefined)
  })

  it('is suggested for a part of its name: the likeliest first', () => {
    expect(candidates(REPOS, 'eve/engine').map(({name}) => name)).to.deep.equal([
      'ada/engine',
      'bob/engine-room',
      'ada/analytical-engine',
    ])
    expect(candidates(REPOS, 'xyz')).to.deep.equal([])
  })

  it('has an id that is a UUID', () => {
    expect(isId(ID)).to.equal(true)
    expect(isId('ada/engine')).to.equal(false)
  })
})
