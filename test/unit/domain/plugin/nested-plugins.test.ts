import {expect} from 'chai'
import {nestedPlugins} from '../../../../src/domain/plugin/nested-plugins.js'

describe('nestedPlugins', () => {
  const dependencies = Object.fromEntries(
    ['@a/plugin-x', '@a/plugin-y', '@b/plugin-x', 'plain', '../evil', 'a\u001Bb'].map((name) => [
      name,
      '1',
    ]),
  )
  const cases: [patterns: unknown, names: string[]][] = [
    [
      ['plain', '@a/plugin-x', 'absent'],
      ['@a/plugin-x', 'plain'],
    ],
    [['@a/plugin-*'], ['@a/plugin-x', '@a/plugin-y']],
    [['@*/plugin-x'], ['@a/plugin-x', '@b/plugin-x']],
    [['*'], ['plain']],
    [['*n*', 'pl**n'], ['plain']],
    [['@a/*-*-x', 'plainer', 'pla*ain', ''], []],
    [['../evil', 'a*', 7, null], []],
    ['plain', []],
    [undefined, []],
  ]
  for (const [patterns, names] of cases) {
    it(`are, for ${JSON.stringify(patterns)}: ${names.join(', ') || 'none'}`, () => {
      expect(nestedPlugins({dependencies, oclif: {plugins: patterns}})).to.deep.equal(names)
    })
  }

  it('are found at once for any pattern, and are no more than 200', () => {
    const many = Object.fromEntries(
      Array.from({length: 5000}, (_, at) => [`${'a'.repeat(200)}${at}`, '1']),
    )
    const plugins = [`${'a*'.repeat(100)}b`, '*']
    expect(nestedPlugins({dependencies: many, oclif: {plugins}})).to.have.length(200)
    expect(
      nestedPlugins({dependencies: many, oclif: {plugins: plugins.slice(0, 1)}}),
    ).to.deep.equal([])
  })

  it('are none without settings', () => {
    for (const pjson of [undefined, null, {}, {dependencies}, {oclif: {plugins: ['*']}}])
      expect(nestedPlugins(pjson)).to.deep.equal([])
  })
})
