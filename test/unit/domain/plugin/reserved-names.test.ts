import {expect} from 'chai'
import {ReservedNames} from '../../../../src/domain/plugin/reserved-names.js'

const OURS = [
  {
    commands: [
      {id: 'whoami', aliases: ['auth:status'], hiddenAliases: ['me:too']},
      {id: 'logs:show'},
    ],
    topics: [{name: 'settings'}],
  },
  {commands: [{id: 'help'}], topics: []},
]

describe('ReservedNames', () => {
  const reserved = new ReservedNames(OURS)

  for (const name of [
    'whoami',
    'whoami:more',
    'auth',
    'auth:extra',
    'auth status',
    'me:x',
    'logs',
  ]) {
    it(`has ${name}`, () => {
      expect(reserved.has(name)).to.equal(true)
    })
  }

  for (const name of ['status', 'who', 'authors', 'show', 'my:auth', '']) {
    it(`does not have "${name}"`, () => {
      expect(reserved.has(name)).to.equal(false)
    })
  }

  it('takes commands and aliases with a name of ours away, and names them', () => {
    const commands = [
      {id: 'auth:extra', aliases: ['fine'], extra: 1},
      {id: 'own', aliases: ['help', 'mine'], hiddenAliases: ['auth:own', 'hidden']},
      {id: 'plain'},
    ]
    expect(reserved.withoutOurs(commands)).to.deep.equal({
      free: [
        {id: 'own', aliases: ['mine'], hiddenAliases: ['hidden']},
        {id: 'plain', aliases: [], hiddenAliases: []},
      ],
      leftOut: ['auth extra', 'help', 'auth own'],
    })
  })
})
