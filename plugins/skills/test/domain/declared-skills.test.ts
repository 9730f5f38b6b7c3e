import {expect} from 'chai'
import {declaredSkills} from '../../src/domain/declared-skills.js'

const read = (skills: unknown) => declaredSkills({kit: 1, skills})

describe('declaredSkills', () => {
  it('reads folders, or a single one', () => {
    expect(read(['skills/one', './skills//two/'])).to.deep.equal({
      folders: ['skills/one', 'skills/two'],
      problems: [],
    })
    expect(read('./skills')).to.deep.equal({folders: ['skills'], problems: []})
  })

  it('finds nothing, and no problem, where nothing is declared', () => {
    for (const skills of [undefined, []]) {
      expect(read(skills)).to.deep.equal({folders: [], problems: []})
    }
  })

  for (const entry of [
    '../other',
    '/etc',
    'a/../../b',
    'C:\\skills',
    'c:skills',
    '',
    '.',
    '\\\\x\\y',
    'a\0b',
    1,
    null,
    ['a'],
    {a: 'b'},
  ]) {
    it(`refuses paths out of the plugin: ${JSON.stringify(entry)}`, () => {
      const {folders, problems} = read([entry, 'skills/fine'])
      expect(folders).to.deep.equal(['skills/fine'])
      expect(problems).to.have.length(1)
      expect(problems.join()).to.match(/^its skill .* is not a folder inside the plugin$/)
    })
  }
})
