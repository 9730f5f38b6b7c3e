import {type Column, paint, table} from '@mogplex/plugin-kit'
import {expect} from 'chai'
import {cut, widthOf} from '../src/cell-width.js'

interface Repo {
  readonly name: string
  readonly about?: string | null
  readonly stars: number
}

const COLUMNS: readonly Column<Repo>[] = [
  {title: 'repository', cell: ({name}) => name},
  {title: 'about', cell: ({about}) => about, shrinks: true},
  {title: 'stars', cell: ({stars}) => stars},
]
const REPOS: readonly Repo[] = [
  {name: 'ada/engine', about: 'a machine that computes', stars: 3},
  {name: 'ada/notes', about: null, stars: 12},
]

function lines(repos: readonly Repo[], width?: number): string[] {
  return table(repos, COLUMNS, {width, color: false}).split('\n')
}

describe('table of the kit', () => {
  it('aligns columns under their titles', () => {
    expect(lines(REPOS)).to.deep.equal([
      'repository  about                    stars',
      'ada/engine  a machine that computes  3',
      'ada/notes                            12',
    ])
  })

  it('leaves out a column without a text, and shows the titles where there are no rows', () => {
    expect(lines(REPOS.slice(1))).to.deep.equal(['repository  stars', 'ada/notes   12'])
    expect(lines([])).to.deep.equal(['repository'])
  })

  it('truncates the shrinkable column, and becomes a list where that is not enough', () => {
    expect(lines(REPOS, 38)[1]).to.equal('ada/engine  a machine that co…  3')
    expect(lines(REPOS, 20)).to.deep.equal([
      'ada/engine',
      '  about  a machine that computes',
      '  stars  3',
      'ada/notes',
      '  stars  12',
    ])
  })

  it('makes each cell printable: it cannot break the table', () => {
    const evil = [{name: 'a\u001B[2J\nb\u202Ec', stars: 1}]
    expect(lines(evil)).to.deep.equal(['repository  stars', 'a [2J b c   1'])
  })

  it('emphasises titles and the first column on request, around the texts', () => {
    const text = table(REPOS.slice(1), COLUMNS, {color: true, width: undefined})
    expect(text.split('\n')).to.deep.equal([
      '\u001B[2mrepository  stars\u001B[22m',
      '\u001B[1mada/notes\u001B[22m   12',
    ])
  })
})

describe('widthOf of the kit', () => {
  const texts: Record<string, number> = {
    abc: 3,
    Åsa: 3,
    'e\u0301': 1,
    日本語: 6,
    한국어: 6,
    ｶﾅ: 2,
    ＡＢ: 4,
    '、': 2,
    '🎉': 2,
    '👩‍💻': 2,
    '🇩🇪': 2,
    '☀️': 2,
    '☀': 1,
    '→': 1,
    'a\u200Bb': 2,
    '\u001B[1mbold\u001B[22m': 4,
  }
  for (const [text, width] of Object.entries(texts)) {
    it(`is ${width} for ${JSON.stringify(text)}`, () => {
      expect(widthOf(text)).to.equal(width)
    })
  }

  it('truncates between characters, never wider than the limit', () => {
    expect(cut('日本語', 5)).to.equal('日本…')
    expect(cut('日本語', 4)).to.equal('日…')
    expect(cut('abc', 0)).to.equal('')
    for (let width = 1; width < 9; width += 1) {
      expect(widthOf(cut('a日e\u0301🎉bcd', width))).to.be.at.most(width)
    }
  })

  it('gives a cell its tone, and pads after it', () => {
    const status: Column<Repo> = {
      title: 'stars',
      cell: ({stars}) => stars,
      tone: ({stars}) => (stars > 3 ? 'good' : undefined),
    }
    const columns = [COLUMNS[0], status, {title: 'n', cell: () => 1}] as Column<Repo>[]
    const color = {color: true, width: undefined}
    expect(table(REPOS, columns, color).split('\n').slice(1)).to.deep.equal([
      '\u001B[1mada/engine\u001B[22m  3      1',
      '\u001B[1mada/notes\u001B[22m   \u001B[32m12\u001B[39m     1',
    ])
    expect(table(REPOS.slice(1), columns, {color: true, width: 9}).split('\n')[1]).to.equal(
      '  stars  \u001B[32m12\u001B[39m',
    )
    expect(table(REPOS, columns, {color: false, width: undefined})).not.to.include('\u001B')
  })
})

describe('paint', () => {
  it('colours only where colour is supported', () => {
    expect(paint('ok', 'good', {color: true})).to.equal('\u001B[32mok\u001B[39m')
    expect(paint('', 'bad', {color: true})).to.equal('')
    expect(paint('ok', 'good')).to.equal('ok')
  })
})
