import {expect} from 'chai'
import {authorOf, authorText} from '../../../../src/host/plugins/plugin-author.js'

describe('authorOf', () => {
  function author(pjson: object, pluginType = 'user') {
    const command = {pluginName: 'theirs', pluginType}
    const config = {
      findCommand: (id: string) => (id === 'known' ? command : undefined),
      plugins: new Map([['theirs', {pjson}]]),
    } as unknown as Parameters<typeof authorOf>[1]
    return [authorOf('known', config), authorOf('other', config)]
  }

  it('names the plugin of a command, and the contact of its author', () => {
    const bugs = 'https://bugs.example/'
    const homepage = 'https://home.example/'
    const [byText, none] = author({bugs, homepage})
    expect(byText).to.deep.equal({plugin: 'theirs', address: bugs})
    expect(none).to.equal(undefined)
    expect(author({bugs: {url: bugs}})[0]?.address).to.equal(bugs)
    expect(author({bugs: {email: 'a@b.example'}, homepage})[0]?.address).to.equal(homepage)
    for (const odd of ['javascript:alert(1)', 7, null, ''])
      expect(author({bugs: odd})[0]).to.deep.equal({plugin: 'theirs', address: undefined})
  })

  it('names nothing for a command of ours', () => {
    expect(author({bugs: 'https://bugs.example/'}, 'core')[0]).to.equal(undefined)
  })
})

describe('authorText', () => {
  it('names the contact', () => {
    expect(authorText({plugin: 'p'})).to.equal('the author of the plugin p')
    const text = authorText({plugin: 'p', address: 'https://bugs.example/'})
    expect(text).to.equal('the author of the plugin p (https://bugs.example/)')
  })
})
