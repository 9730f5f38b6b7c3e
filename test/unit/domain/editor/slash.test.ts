import {expect} from 'chai'
import {distanceBetween, nearestName, parseSlash} from '../../../../src/domain/editor/slash.js'

describe('parseSlash', () => {
  for (const [line, slash] of [
    ['/model', {name: 'model', args: [], text: ''}],
    ['/Model  a/b   c ', {name: 'model', args: ['a/b', 'c'], text: 'a/b   c'}],
    ['/attach\nrun_1', {name: 'attach', args: ['run_1'], text: 'run_1'}],
    ['/', {name: '', args: [], text: ''}],
    ['/ model', {name: '', args: ['model'], text: 'model'}],
    ['/usr/bin is full', {name: 'usr/bin', args: ['is', 'full'], text: 'is full'}],
  ] as const) {
    it(`reads ${JSON.stringify(line)}`, () => {
      expect(parseSlash(line)).to.deep.equal(slash)
    })
  }

  it('treats everything else as a prompt, also after a blank', () => {
    for (const line of ['', 'hello', ' /model', 'a /model']) {
      expect(parseSlash(line)).to.equal(undefined)
    }
  })
})

describe('nearestName', () => {
  const names = ['login', 'logout', 'whoami', 'model', 'mcp', 'quit', 'exit']

  for (const [typed, name] of [
    ['mo', 'model'],
    ['lgout', 'logout'],
    ['lgoin', 'login'],
    ['whoiam', 'whoami'],
    ['models', 'model'],
    ['qiut', 'quit'],
    ['exot', 'exit'],
  ] as const) {
    it(`finds ${name} for ${typed}`, () => {
      expect(nearestName(typed, names)).to.equal(name)
    })
  }

  it('finds none where no name is near', () => {
    for (const typed of ['', 'x', 'bye', 'usr/bin', 'attach']) {
      expect(nearestName(typed, names)).to.equal(undefined)
    }
  })
})

describe('distanceBetween', () => {
  it('counts letters that are added, missing, wrong and swapped', () => {
    expect(distanceBetween('', '')).to.equal(0)
    expect(distanceBetween('abc', '')).to.equal(3)
    expect(distanceBetween('', 'abc')).to.equal(3)
    expect(distanceBetween('abc', 'abd')).to.equal(1)
    expect(distanceBetween('abc', 'acb')).to.equal(1)
    expect(distanceBetween('kitten', 'sitting')).to.equal(3)
  })
})
