import {expect} from 'chai'
import {frontmatterProblems, isSkillName, toolsIn} from '../../src/domain/skill-rules.js'

const GOOD = {name: 'my-skill', description: 'What it does, and when.'}

describe('isSkillName', () => {
  it('accepts lower-case letters, digits and single hyphens between them, up to 64', () => {
    for (const name of ['a', 'pdf-processing', 'v2-x-9', 'a'.repeat(64)]) {
      expect(isSkillName(name), name).to.equal(true)
    }
  })

  it('accepts nothing else, in particular no path to another folder', () => {
    for (const name of [
      '',
      'A',
      '-a',
      'a-',
      'a--b',
      'a_b',
      'a b',
      '..',
      'a/b',
      '.a',
      'a'.repeat(65),
    ]) {
      expect(isSkillName(name), name).to.equal(false)
    }
  })
})

describe('frontmatterProblems', () => {
  const problemsOf = (more: object): string[] => frontmatterProblems({...GOOD, ...more}, 'my-skill')

  it('is empty for the examples of the specification, and for fields of hosts', () => {
    expect(problemsOf({})).to.deep.equal([])
    expect(
      problemsOf({
        license: 'Apache-2.0',
        compatibility: 'Requires git',
        metadata: {version: '1.0'},
        'allowed-tools': 'Bash(git:*) Read',
        'disable-model-invocation': 'true',
      }),
    ).to.deep.equal([])
    expect(problemsOf({'allowed-tools': ['Bash(git:*)', 'Read']})).to.deep.equal([])
  })

  for (const [what, more, said] of [
    ['no name', {name: undefined}, 'name is missing'],
    ['a name in capitals', {name: 'My-Skill'}, 'lower-case letters'],
    ['a name that is not its folder', {name: 'other'}, 'not that of its folder, my-skill'],
    ['no description', {description: undefined}, 'description is missing'],
    ['a blank description', {description: '  '}, 'description is missing'],
    ['a description that is too long', {description: 'é'.repeat(1025)}, 'has 1025 characters'],
    ['an empty license', {license: ''}, 'license is missing'],
    ['an empty compatibility', {compatibility: ''}, 'compatibility is missing'],
    ['a long compatibility', {compatibility: 'x'.repeat(501)}, 'and may have 500'],
    ['metadata that is a text', {metadata: '1.0'}, 'not a map from strings to strings'],
    ['metadata that is nested', {metadata: {a: {b: 'c'}}}, 'not a map from strings to strings'],
    ['tools that are a map', {'allowed-tools': {Bash: 'git'}}, 'allowed-tools'],
  ] as const) {
    it(`reports ${what}`, () => {
      const [problem = '', ...others] = problemsOf(more)
      expect(problem).to.include(said)
      expect(others).to.deep.equal([])
    })
  }

  it('counts characters, not UTF-16 units', () => {
    expect(problemsOf({description: '🗝'.repeat(1024)})).to.deep.equal([])
  })

  it('reports frontmatter that is not a mapping', () => {
    for (const value of [undefined, 'text', ['list']]) {
      expect(frontmatterProblems(value, 'a')).to.deep.equal([
        'its frontmatter is not a YAML mapping',
      ])
    }
  })
})

describe('toolsIn', () => {
  it('reads a text with blanks or commas, and a list; bracketed parts stay together', () => {
    const tools = ['Bash(git status:*)', 'Read', 'mcp__x']
    for (const value of ['Bash(git status:*) Read  mcp__x', tools.join(', '), tools]) {
      expect(toolsIn(value)).to.deep.equal(tools)
    }
    expect(toolsIn('Bash(rm')).to.deep.equal(['Bash(rm'])
    for (const nothing of [undefined, '', ' ', [], 1]) expect(toolsIn(nothing)).to.deep.equal([])
  })
})
