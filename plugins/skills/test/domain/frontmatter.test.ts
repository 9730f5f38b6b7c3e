import {expect} from 'chai'
import {splitFrontmatter} from '../../src/domain/frontmatter.js'

describe('splitFrontmatter', () => {
  it('separates the YAML between the first two lines of three hyphens from the body', () => {
    expect(splitFrontmatter('---\nname: a\nb: c\n---\n# Title\n---\nmore')).to.deep.equal({
      yaml: 'name: a\nb: c',
      body: '# Title\n---\nmore',
    })
  })

  it('accepts a byte order mark, CR LF, empty frontmatter, and frontmatter without a body', () => {
    expect(splitFrontmatter('\uFEFF---\r\nname: a\r\n---\r\nb')).to.deep.equal({
      yaml: 'name: a',
      body: 'b',
    })
    expect(splitFrontmatter('---\n---\n')).to.deep.equal({yaml: '', body: ''})
    expect(splitFrontmatter('---\nname: a\n---')).to.deep.equal({yaml: 'name: a', body: ''})
  })

  it('finds none where the text does not begin with it, or it never ends', () => {
    for (const text of ['', '# Title\n---\na: b\n---\n', ' ---\na: b\n---\n', '---\na: b\n']) {
      expect(splitFrontmatter(text), text).to.equal(undefined)
    }
  })
})
