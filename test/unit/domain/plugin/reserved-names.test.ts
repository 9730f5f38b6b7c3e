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
    it(`include ${name}`, () => {
      expect(reserved.has(name)).to.equal(true)
    })
  }

  for (const name of ['status', 'who', 'authors', 'show', 'my:auth', '']) {
    it(`do not include "${name}"`, () => {
      expect(reserved.has(name)).to.equal(false)
    })
  }

  it('remove commands and aliases that use a name of ours, and return them', () => {
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
