import {expect} from 'chai'
import {pluginsText, pluginText, problemOf} from '../../../src/app/plugins-text.js'
import type {InspectedPlugin} from '../../../src/domain/plugin/installed-plugin.js'
import {DISPLAY_OPTIONS} from './make-display-options.js'

const PAPER = {...DISPLAY_OPTIONS, columns: undefined}

const PLUGIN: InspectedPlugin = {
  name: '@x/one',
  version: '1.0.0',
  type: 'user',
  root: '/home/ada/plugins/one',
  tag: 'latest',
  url: null,
  problem: null,
  homepage: null,
  commands: ['a', 'b:c'],
  leftOut: [],
  dependencies: {other: '^1'},
}

describe('pluginsText', () => {
  it('is a table of plugins, then those that are left out, and why', () => {
    const linked: InspectedPlugin = {...PLUGIN, name: 'two', type: 'link', problem: 'it is old'}
    expect(
      pluginsText([PLUGIN, {...PLUGIN, name: 'b', tag: '1.x'}, linked], PAPER).split('\n'),
    ).to.deep.equal([
      'plugin  version  from',
      '@x/one  1.0.0    npm',
      'b       1.0.0    npm (1.x)',
      'two     1.0.0    linked: ~/plugins/one',
      'two is left out: it is old.',
    ])
  })

  it('names the parts of a used plugin that are left out', () => {
    const text = pluginsText([{...PLUGIN, leftOut: ['login x', '/exit']}], PAPER)
    expect(text).to.match(
      /\n@x\/one uses names that belong to mogplex, left out: login x, \/exit\.$/,
    )
  })

  it('says that there is none', () => {
    expect(pluginsText([], PAPER)).to.equal('No plugin is installed or linked.')
  })

  it('lets no text of a plugin move a cursor', () => {
    const evil = {...PLUGIN, version: '1\u001B[2J', url: 'a\u009Bb', problem: 'c\u202Ed'}
    for (const text of [pluginsText([evil], PAPER), pluginText(evil, PAPER), problemOf(evil)])
      expect(text).not.to.match(/[\u001B\u009B\u202E]/)
  })
})

describe('pluginText', () => {
  it('shows what its files say, one line each, without empty ones', () => {
    expect(pluginText(PLUGIN, PAPER).split('\n')).to.deep.equal([
      '@x/one 1.0.0',
      '  from      npm',
      '  folder    ~/plugins/one',
      '  commands  a, b c',
      '  needs     other ^1',
    ])
  })
})
